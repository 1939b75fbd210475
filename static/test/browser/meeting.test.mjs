// Where one thing that the reading page can do meets another.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { TOKEN, now, open, play, ready, seek, serve, startBrowser, truth, until } from './house.mjs';

const two = (n, width = 2) => String(n).padStart(width, '0');
const stamp = (ms) => `00:${two(Math.floor(ms / 60_000) % 60)}:${two(Math.floor(ms / 1000) % 60)}.${two(ms % 1000, 3)}`;
const BY = 2000; // ms that a listener hears the text later

describe('meeting', () => {
  let browser, server, cues;
  before(async () => {
    const [started, demo] = await Promise.all([startBrowser(), truth()]);
    browser = started;
    cues = demo.cues;
    const text = cues.map(({ start, end, words }, i) => `${stamp(start)} --> ${stamp(end)}\n<v ${i % 4 < 2 ? 'Ann' : 'Ben'}>${words.join(' ')}`).join('\n\n');
    server = await serve({ 'talk.mp3': readFileSync(demo.sound), 'talk.vtt': `WEBVTT\n\n${text}\n` });
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  async function reading({ prepare, signed } = {}) {
    const opened = await open(browser, signed ? `${server.url}/sign-in?token=${encodeURIComponent(TOKEN)}` : `${server.url}/`);
    if (prepare) await prepare(opened.page);
    await opened.page.goto(`${server.url}/e/talk`);
    return opened;
  }
  const own = (page) => page.addInitScript((by) => {
    localStorage.setItem('hearsay:shift:talk:', JSON.stringify({ points: [{ atMs: 0, byMs: by }], durationMs: null }));
  }, BY);
  const isPaused = (page) => page.evaluate(() => document.querySelector('#audio').paused);

  test('when nobody who is heard speaks any more it stops, without a fault', async () => {
    const { page, close } = await reading();
    await ready(page);
    await page.locator('.transport .more').click();
    const last = cues.length - 1;
    const who = last % 4 < 2 ? 'Ann' : 'Ben';
    await page.getByRole('button', { name: `Skip ${who}`, exact: true }).click();
    const first = last - (last % 2);
    await seek(page, cues[first - 1].end - 600);
    await play(page);
    await page.waitForFunction(() => document.querySelector('#audio').paused);
    assert.ok(await now(page) < cues[first].start + 1500);
    await close();
  });

  test('while it plays, whoever goes elsewhere is not taken back into the loop', async () => {
    const { page, close } = await reading();
    await ready(page);
    await seek(page, cues[3].start + 50);
    await play(page);
    await page.keyboard.press('l');
    await page.locator('.signs .again').waitFor();
    await page.locator('[data-line="12"]').click();
    await page.waitForFunction((ms) => document.querySelector('#audio').currentTime * 1000 > ms + 300, cues[12].start);
    assert.ok(await page.locator('.signs .again').isHidden());
    assert.equal(await isPaused(page), false);
    await close();
  });

  test('a key that nobody has pressed before says its words', async () => {
    const { page, close } = await reading();
    await ready(page);
    await page.keyboard.press('d');
    await page.waitForFunction(() => document.querySelector('.signs [role=status]').textContent);
    assert.match(await page.locator('.signs [role=status]').textContent(), /20 ms/);
    await page.keyboard.press('i');
    await page.waitForFunction(() => document.querySelector('.aloud').textContent);
    assert.doesNotMatch(await page.locator('.aloud').textContent(), /announce/);
    await close();
  });

  test('what is pressed before the scripts have come happens when they have', async () => {
    let come;
    const there = new Promise((done) => (come = done));
    const { page, close } = await reading({ prepare: (each) => each.route('**/pages/episode.js', async (route) => {
      await there;
      await route.continue();
    }) });
    await page.locator('.play').click();
    await page.locator('.transport .more').click();
    come();
    await page.locator('.panel .listening .row').first().waitFor();
    await page.waitForFunction(() => !document.querySelector('#audio').paused);
    await close();
  });

  test('the panel opens where the times did not come', async () => {
    const { page, close } = await reading({ prepare: (each) => each.route('**/times?*', (route) => route.abort()) });
    await page.waitForFunction(() => document.querySelector('.trouble').textContent);
    await page.locator('.transport .more').click();
    await page.locator('.panel .listening .row').first().waitFor();
    assert.ok(await page.locator('.panel .sync').isHidden());
    await close();
  });

  test('a selected passage is looped where this listener hears it', async () => {
    const { page, close } = await reading({ prepare: own });
    await ready(page);
    await page.evaluate(() => getSelection().selectAllChildren(document.querySelector('[data-line="5"]')));
    await page.locator('.quote [data-loop]').click();
    await page.locator('.signs .again').waitFor();
    const { start, end } = cues[5];
    const at = await now(page);
    assert.ok(at >= start + BY - 50 && at < end + BY, `${at} is not in ${start + BY}–${end + BY}`);
    await close();
  });

  test('when the text is put right, a loop of another time ends', async () => {
    const { page, close } = await reading({ prepare: own });
    await ready(page);
    await seek(page, cues[3].start + BY + 50);
    await page.waitForFunction(() => document.querySelector('[aria-current=true]')?.dataset.line === '3');
    await page.keyboard.press('l');
    await page.locator('.signs .again').waitFor();
    await page.locator('.transport .more').click();
    await page.locator('.panel [data-act=off]').click();
    await page.locator('.signs .again').waitFor({ state: 'hidden' });
    await close();
  });

  test('a name is changed where painting ranges is not known', async () => {
    const { page, close } = await reading({ signed: true, prepare: (each) => each.addInitScript(() => {
      delete window.Highlight;
      delete CSS.highlights;
    }) });
    await page.locator('.transport .more').click();
    await page.getByRole('button', { name: 'Rename Ben', exact: true }).click();
    await page.locator('.speakers input[name=name]').fill('Benedict');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => Array.from(document.querySelectorAll('.turn cite'), (cite) => cite.textContent).includes('Benedict'));
    await close();
  });

  test('a speaker is who they are now, whatever another tab has changed', async () => {
    const { page, context, close } = await reading({ signed: true });
    const api = `${server.url}/api/episodes/talk`;
    const { segments, speakers } = await (await context.request.get(`${api}/changes`)).json();
    const patch = (path, data) => context.request.patch(`${api}${path}`, { data });
    const names = async () => (await (await context.request.get(`${api}/changes`)).json()).speakers.map(({ name }) => name);
    await ready(page);
    await patch(`/segments/${segments[7]}`, { speaker: 'Cleo' });
    await page.reload();
    await ready(page);
    const rename = async (from, to) => {
      await page.getByRole('button', { name: `Rename ${from}`, exact: true }).click();
      await page.locator('.speakers input[name=name]').fill(to);
      await page.keyboard.press('Enter');
    };
    await page.locator('.transport .more').click();
    await rename(speakers[0].name, 'Anna');
    await until(async () => (await names()).includes('Anna'));
    await context.request.post(`${api}/undo`, { data: {} });
    await context.request.post(`${api}/undo`, { data: {} });
    await patch(`/segments/${segments[9]}`, { speaker: 'Dora' });
    await rename('Cleo', 'Clea');
    await page.waitForFunction(() => document.querySelector('.speakers').textContent.includes('Dora')); // what others have changed is shown first
    const after = await names();
    assert.ok(after.includes('Dora') && !after.includes('Clea'), `nobody is renamed in place of who is gone: ${after}`);
    await close();
  });
});
