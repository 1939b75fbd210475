// A sound that a saved page names: shown to who may confirm it, and to nobody
// else; asked of the server in its own words; never loaded before.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { open, serve, startBrowser, TOKEN } from './house.mjs';

const track = 'https://soundcloud.com/ann/talk';
const article = (address) => `<!doctype html><html lang="fr"><body>
<figure><iframe data-src="${address}"></iframe></figure><p><b>Ann :</b> Bonjour.</p><p><b>Bob :</b> Bonsoir.</p></body></html>`;
const player = article(`//w.soundcloud.com/player/?url=${encodeURIComponent(track)}&amp;color=f`);

let site;
let browser;
before(async () => {
  site = await serve({ 'one.html': player, 'two.html': player, 'two.yaml': 'spoken: en\n', 'number.html': article('//w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/1234'), 'none.html': article('https://ads.example/') });
  browser = await startBrowser();
});
after(async () => {
  await browser.close();
  await site.stop();
});

const signIn = (page) => page.goto(`${site.url}/sign-in?token=${encodeURIComponent(TOKEN)}`);

test('who has not signed in sees that there is no sound, and nothing more', async () => {
  const { page, close } = await open(browser, `${site.url}/e/one`);
  assert.match(await page.locator('.masthead').innerText(), /no sound for this episode/);
  assert.equal(await page.locator('.found').count(), 0);
  assert.ok(!(await page.content()).includes(track));
  await close();
});

test('who has signed in is asked, and the answer is sent as it was given', async () => {
  const { page, close } = await open(browser, site.url);
  await signIn(page);
  for (const [episode, answer, patch] of [['one', 'Use it', { audio: track }], ['two', 'No', { found: false }]]) {
    await page.goto(`${site.url}/e/${episode}`);
    assert.match(await page.locator('.found').innerText(), /names a sound: SoundCloud, soundcloud\.com\/ann\/talk/);
    const [request] = await Promise.all([
      page.waitForRequest((each) => each.method() === 'PATCH'),
      page.waitForEvent('load'), // the page comes anew
      page.getByRole('button', { name: answer, exact: true }).click(),
    ]);
    assert.equal(request.url(), `${site.url}/api/episodes/${episode}`);
    assert.deepEqual(request.postDataJSON(), patch);
    await request.response();
  }
  await page.goto(`${site.url}/e/number`);
  assert.match(await page.locator('.masthead').innerText(), /names a sound: SoundCloud, track 1234\s/);
  assert.ok(!(await page.locator('.masthead').innerText()).includes('no sound'), 'one is there to be confirmed');
  await page.goto(`${site.url}/e/none`);
  assert.equal(await page.locator('.found').count(), 0, 'a frame of anybody is no sound');
  await close();
});

test('an upload says which sound its page names, and takes the language of the voice', async () => {
  const { page, close } = await open(browser, site.url);
  await signIn(page);
  await page.locator('.add summary').click();
  await page.locator('textarea[name=transcript]').fill(player);
  await page.locator('[name=title]').fill('New');
  await page.locator('[name=spoken]').fill('en');
  await page.locator('.upload [type=submit]').click();
  await page.locator('.outcome a').waitFor();
  assert.match(await page.locator('.upload .outcome').innerText(), /On the shelf: New.+names a sound: soundcloud\.com\/ann\/talk\./);
  await page.locator('.outcome a').click();
  assert.match(await page.locator('.masthead').innerText(), /English voice, French text/);
  assert.equal(await page.locator('.found').count(), 1);
  await close();
});
