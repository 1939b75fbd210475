// Sound that is elsewhere: in somebody else's player, or a plain file at another
// host. The text follows, and nothing is asked of anybody before it is wished.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { cueAt, litLine, open, serve, startBrowser, truth } from './house.mjs';
import { HOST, hostile, silent, standIn } from './standin.mjs';

const FRAME = 17; // ms
const demo = (ending) => fileURLToPath(new URL(`../../../transcripts/demo/shoreline/the-light-keepers.${ending}`, import.meta.url));
const about = (audio) => `title: The Light Keepers\naudio: ${audio}\n`;

describe('sound that is elsewhere', () => {
  let server, browser, cues;
  before(async () => {
    const vtt = await readFile(demo('vtt'), 'utf8');
    [server, browser, { cues }] = await Promise.all([
      serve({
        'talk.vtt': vtt, 'talk.yaml': about('https://soundcloud.com/shoreline/the-light-keepers'),
        'plain.vtt': vtt, 'plain.yaml': about('https://sound.example/talk.mp3'),
      }),
      startBrowser(),
      truth(),
    ]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  /** The page of the episode in their player, which the stand-in plays. */
  async function reading({ query = '', viewport, ...options } = {}) {
    const opened = await open(browser, 'about:blank', { allowed: [HOST, new URL(server.url).host], ...(viewport && { viewport }) });
    const asked = await standIn(opened.context, options);
    await opened.page.goto(`${server.url}/e/talk${query}`);
    await opened.page.waitForFunction(() => document.querySelector('[data-line][tabindex="0"]') && document.querySelector('.rate[hidden]'));
    return { ...opened, asked };
  }
  const theirs = (page) => page.frames().find((frame) => frame.url().includes(HOST));
  const load = (page) => page.locator('.frame button').click();
  const size = (page, wanted) => page.waitForFunction((name) => document.querySelector('.frame').dataset.size === name, wanted);
  const says = (page, words) => page.waitForFunction((part) => document.querySelector('.trouble').textContent.includes(part), words, { timeout: 20_000 });
  const lit = (page, index) => page.waitForFunction((line) => document.querySelector(`[data-line="${line}"][aria-current="true"]`), index);
  const theirTime = (page) => theirs(page).evaluate(() => window.audio.currentTime * 1000);
  const started = (page) => page.waitForFunction(() => !document.querySelector('.plus-minus').hidden);

  test('before the click nothing is asked of the host, after it nothing of another', async () => {
    const { page, asked, close } = await reading();
    await page.waitForTimeout(500);
    await page.locator('[data-line="3"]').click();
    await says(page, 'First press');
    await page.keyboard.press(' ');
    await says(page, 'First press');
    assert.deepEqual(asked, []);
    assert.ok((await page.locator('.frame').textContent()).includes(HOST), 'the host is not named');
    assert.ok(await page.locator('.rate').isHidden());
    assert.equal(await page.locator('iframe').count(), 0);
    assert.equal(await litLine(page), 3);
    await load(page);
    await started(page);
    assert.ok(asked.length > 0);
    assert.ok(await theirTime(page) >= cues[3].start, 'it does not begin where the reader was');
    const frame = await page.locator('iframe').evaluate(({ allow, referrerPolicy, title, sandbox }) => [allow, referrerPolicy, title, sandbox.value]);
    assert.deepEqual(frame, ['autoplay', 'no-referrer', "SoundCloud's player", 'allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox']);
    await close();
  });

  test('the lit line over a minute, with a pause and a seek by their own buttons', async (context) => {
    const { page, close } = await reading();
    await load(page);
    await page.locator('.play').click();
    await started(page);
    await size(page, 'slim');
    assert.match(await page.locator('.plus-minus').textContent(), /^± \d\.\d s$/);
    const watched = page.evaluate(() => new Promise((done) => {
      const frames = [];
      const until = performance.now() + 60_000;
      const look = () => {
        frames.push([performance.timeOrigin + performance.now(), Number(document.querySelector('[data-line][aria-current="true"]')?.dataset.line ?? -1)]);
        if (performance.now() < until) requestAnimationFrame(look);
        else done(frames);
      };
      requestAnimationFrame(look);
    }));
    for (const [wait, button] of [[15_000, '#play'], [2000, '#play'], [15_000, '#on']]) {
      await page.waitForTimeout(wait);
      await theirs(page).locator(button).click();
    }
    const frames = await watched;
    const heard = await theirs(page).evaluate(() => window.truth);
    assert.ok(heard.at(-1)[1] > 65_000, 'the sound really played and was sought');
    assert.ok(frames.length > 60 * 30, `only ${frames.length} frames were seen`);
    let at = 0;
    let longest = 0;
    let run = 0;
    const wrong = frames.filter(([wall, line], n) => {
      while (at < heard.length - 1 && heard[at + 1][0] <= wall) at++;
      const [, ms] = heard[at];
      const isWrong = ![ms - FRAME, ms, ms + FRAME].some((near) => cueAt(cues, near) === line);
      const took = n ? Math.min(wall - frames[n - 1][0], 3 * FRAME) : 0; // a frame the machine left out is not ours
      run = isWrong ? run + took : 0;
      longest = Math.max(longest, run);
      return isWrong;
    });
    context.diagnostic(`wrong in ${(100 * wrong.length / frames.length).toFixed(2)} % of ${frames.length} frames, ${Math.round(longest)} ms at the longest`);
    assert.ok(wrong.length <= frames.length * 0.02, `${wrong.length} of ${frames.length} frames are wrong`);
    assert.ok(longest <= 500, `wrong for ${longest} ms`);
    await close();
  });

  test('seeks while paused light their line, the place is remembered, a link lands', async () => {
    const { page, context, asked, close } = await reading();
    await load(page);
    await page.locator('.play').click();
    await started(page);
    await page.locator('.play').click();
    await page.waitForFunction(() => document.querySelector('.plus-minus').hidden);
    for (const line of [20, 4, 11]) {
      await page.locator('.seek input').fill(String(cues[line].start));
      await lit(page, line);
      await theirs(page).waitForFunction((start) => Math.abs(window.audio.currentTime * 1000 - start) < 2, cues[line].start);
      assert.ok(await theirs(page).evaluate(() => window.audio.paused));
    }
    await page.waitForTimeout(700); // whatever was still under way is there
    assert.equal(await litLine(page), 11);
    await theirs(page).locator('#on').click();
    await lit(page, cueAt(cues, cues[11].start + 20_000));
    await page.locator('.play').click();
    await started(page);
    await page.locator('.play').click();
    await page.waitForFunction(() => document.querySelector('.plus-minus').hidden);
    await page.waitForTimeout(700);
    const left = await theirTime(page);
    await page.reload();
    await lit(page, cueAt(cues, left));
    assert.equal(asked.filter((address) => address.includes('/player/')).length, 1, 'a new visit asks anew');
    await page.goto(`${server.url}/e/talk?t=${(cues[30].start + 100) / 1000}`);
    await lit(page, 30);
    await load(page);
    await page.locator('.play').click();
    await started(page);
    assert.ok(Math.abs(await theirTime(page) - cues[30].start - 100) < 2500, 'it did not begin at the link');
    assert.equal(context.pages().length, 1);
    await close();
  });

  test('what fails says so in a sentence, and the next try works from the same place', async () => {
    const { page, close } = await reading({ query: `?t=${cues[8].start / 1000}`, fails: true });
    await load(page);
    await page.locator('.play').click();
    await says(page, 'cannot play this');
    await size(page, 'full');
    await page.locator('.play').click();
    await started(page);
    assert.equal(await page.locator('.trouble').textContent(), '');
    assert.equal(await page.locator('iframe').count(), 1);
    const at = await theirTime(page);
    assert.ok(at >= cues[8].start && at < cues[8].start + 3000, `it plays at ${at}`);
    await close();
  });

  test('what the browser forbids asks for a tap in the frame, and that helps', async () => {
    const { page, close } = await reading({ shy: true });
    await load(page);
    await page.locator('.play').click();
    await says(page, 'first tap inside');
    await size(page, 'full');
    await theirs(page).locator('#play').click();
    await started(page);
    await size(page, 'slim');
    assert.equal(await page.locator('.trouble').textContent(), '');
    await close();
  });

  test('a player that never answers has failed', async () => {
    const { page, close } = await reading({ page: silent });
    await load(page);
    await says(page, 'did not answer');
    await close();
  });

  test('a hostile frame changes nothing but one sentence', async () => {
    const { page, context, close } = await reading({ page: hostile, query: `?t=${cues[5].start / 1000}` });
    page.on('dialog', () => assert.fail('a dialog'));
    await load(page);
    await page.waitForFunction(() => document.querySelector('[data-duration]').textContent === '00:03:09' && document.querySelector('.picture [data-hue]'));
    const look = () => page.evaluate(() => {
      const copy = document.documentElement.cloneNode(true);
      copy.querySelector('.trouble').remove();
      return [copy.outerHTML, location.href, Object.keys(Object.prototype).length, JSON.stringify(localStorage)];
    });
    const was = await look();
    await page.evaluate(() => postMessage(JSON.stringify({ method: 'getPosition', value: 90_000 }), '*')); // of another window
    await theirs(page).evaluate(() => window.deceive());
    await page.waitForTimeout(300);
    assert.deepEqual(await look(), was);
    assert.equal(await page.locator('.trouble').textContent(), '', 'of others nothing is even said');
    await theirs(page).evaluate(() => window.attack());
    await says(page, 'cannot be');
    await theirs(page).evaluate(() => window.flood());
    await page.waitForTimeout(1500);
    assert.deepEqual(await look(), was);
    assert.equal(await litLine(page), 5);
    assert.equal(await page.locator('.trouble').evaluate((el) => el.childNodes.length), 1);
    await page.locator('[data-line="7"]').click();
    await lit(page, 7);
    assert.equal(context.pages().length, 1);
    await close();
  });

  test('nothing jumps, and the page never lies under the bar', async () => {
    for (const viewport of [{ width: 1280, height: 800 }, { width: 390, height: 844 }]) {
      const { page, close } = await reading({ viewport });
      await page.addInitScript(() => {
        window.shift = 0;
        new PerformanceObserver((list) => list.getEntries().forEach((entry) => (window.shift += entry.value))).observe({ type: 'layout-shift', buffered: true });
      });
      await page.reload();
      await page.waitForTimeout(500);
      assert.ok(await page.evaluate(() => window.shift) < 0.002);
      const room = () => page.evaluate(() => {
        const bar = document.querySelector('.transport').getBoundingClientRect();
        const inside = Array.from(document.querySelectorAll('.frame > *'), (each) => each.getBoundingClientRect()).filter(({ height }) => height);
        return [bar.height, parseFloat(getComputedStyle(document.documentElement).scrollPaddingBottom),
          inside.every((box) => box.top >= bar.top && box.bottom <= document.querySelector('.seek').getBoundingClientRect().top + 1 && box.right <= innerWidth)];
      });
      const [asking, padding, inside] = await room();
      assert.equal(padding, asking);
      assert.ok(inside, 'the ask is larger than its room');
      await load(page);
      const [large, more, holds] = await room();
      assert.ok(large >= asking && more === large && holds, 'the frame needs more room than it has');
      await page.locator('.play').click();
      await size(page, 'slim');
      const [small, less, fits] = await room();
      assert.ok(small < large - 100 && less === small && fits);
      await close();
    }
  });

  test('half a bar is not shown', async () => {
    const { page, close } = await open(browser, 'about:blank', { allowed: [new URL(server.url).host], javaScriptEnabled: false });
    let end = '<div class="drive">';
    await page.route('**/e/talk', async (route) => {
      const answer = await route.fetch();
      const text = await answer.text();
      assert.ok(text.includes(end));
      await route.fulfill({ response: answer, body: text.slice(0, text.indexOf(end)) });
    });
    await page.goto(`${server.url}/e/talk`);
    await page.locator('[data-line="0"]').waitFor();
    assert.ok(await page.locator('.transport').isHidden());
    end = '<section class="speakers">';
    await page.goto(`${server.url}/e/talk`);
    await page.locator('.transport').waitFor();
    await close();
  });

  for (const script of ['io/soundcloud.js', 'pages/foreign.js']) {
    test(`without ${script} the text works on, and the ask says what is missing`, async () => {
      const { page, close } = await open(browser, 'about:blank', { allowed: [new URL(server.url).host] });
      await page.route(`**/${script}`, (route) => route.abort());
      await page.goto(`${server.url}/e/talk?t=${cues[8].start / 1000}`);
      await page.waitForFunction(() => document.querySelector('.frame p').textContent.includes('could not be loaded'));
      await page.locator('[data-landed]').waitFor();
      await page.locator('.find input').fill(cues[3].words.slice(0, 3).join(' '));
      await page.waitForFunction(() => /1/.test(document.querySelector('[data-search-count]').textContent));
      assert.equal(await page.locator('.transport button:visible, .transport input:visible').count(), 0, 'a button that can do nothing');
      assert.ok(await page.locator('.frame a').isVisible());
      await close();
    });
  }

  test('without scripts there is a way to the track', async () => {
    const { page, close } = await open(browser, `${server.url}/e/talk`, { javaScriptEnabled: false });
    assert.equal(await page.locator('.frame a').getAttribute('href'), 'https://soundcloud.com/shoreline/the-light-keepers');
    const { y, height } = await page.locator('.frame a').boundingBox();
    assert.ok(y > 700 && y + height <= 800, `the link lies at ${y}`);
    assert.ok(await page.locator('.frame button').isHidden());
    await close();
  });

  test('a plain sound elsewhere: nothing before play, seeks wait for it, a failure keeps the place', async () => {
    const { page, context, close } = await open(browser, 'about:blank', { allowed: ['sound.example', new URL(server.url).host] });
    const body = await readFile(demo('mp3'));
    const asked = [];
    let down = false;
    await context.route('https://sound.example/**', (route) => {
      asked.push(route.request().url());
      if (down) return route.abort();
      const from = Number(/bytes=(\d+)-/.exec(route.request().headers().range ?? '')?.[1] ?? 0);
      const headers = { 'Accept-Ranges': 'bytes', 'Content-Range': `bytes ${from}-${body.length - 1}/${body.length}` };
      return route.fulfill({ status: 206, headers, contentType: 'audio/mpeg', body: body.subarray(from) });
    });
    const scripts = [];
    page.on('request', (request) => scripts.push(request.url()));
    const start = cues[2].start + 100;
    await page.goto(`${server.url}/e/plain?t=${start / 1000}`);
    await lit(page, 2);
    await page.keyboard.press('ArrowRight');
    await lit(page, cueAt(cues, start + 30_000));
    assert.deepEqual(asked, []);
    assert.deepEqual(scripts.filter((url) => /foreign|framed|channel|soundcloud|reports/.test(url)), [], 'a plain sound loads nothing of it');
    assert.ok(await page.locator('.rate').isVisible());
    down = true;
    await page.locator('.play').click();
    await says(page, 'could not be played');
    down = false;
    await page.locator('.play').click();
    await page.waitForFunction((ms) => document.querySelector('#audio').currentTime * 1000 > ms + 30_100, start);
    assert.ok(await page.evaluate(() => document.querySelector('#audio').currentTime * 1000) < start + 35_000);
    assert.equal(await page.locator('.trouble').textContent(), '');
    assert.equal(await page.locator('[data-duration]').textContent(), '00:03:09');
    assert.ok(await page.locator('.plus-minus').isHidden());
    await close();
  });
});
