// The page goes with the voice, and with the reader when the reader goes.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { litLine, open, ready, seek, serve, startBrowser, truth } from './house.mjs';

const STEP = 1000; // ms a line
const clock = (ms) => new Date(ms).toISOString().slice(11, 23);
const sentence = 'the harbour master wrote down every boat that came in after dark, and what it had brought';

/** Eighty turns of a second each, by two voices. */
const turns = (first) => `WEBVTT\n\n${Array.from({ length: 80 }, (_, n) => `${clock(first + n * STEP)} --> ${clock(first + (n + 1) * STEP)}\n<v ${n % 2 ? 'Ann' : 'Ben'}>${n}: ${sentence}.\n`).join('\n')}`;
const long = turns(0);
const intro = turns(4500); // with music before it

const WORDS = 300;
/** A line of sixty seconds, far taller than a phone, between two short ones; a word every 200 ms. */
const tall = `WEBVTT\n\n${clock(0)} --> ${clock(2000)}\n<v Ann>Once.\n\n${clock(2000)} --> ${clock(62_000)}\n<v Ben>${
  Array.from({ length: WORDS }, (_, n) => `<${clock(2000 + n * 200)}>word${n}`).join(' ')}\n\n${clock(62_000)} --> ${clock(64_000)}\n<v Ann>So it was.\n`;

describe('the follow', () => {
  let server, browser;
  before(async () => {
    const sound = await readFile((await truth()).sound);
    [server, browser] = await Promise.all([serve({ 'long.vtt': long, 'long.mp3': sound, 'tall.vtt': tall, 'tall.mp3': sound, 'intro.vtt': intro, 'intro.mp3': sound }), startBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  async function reading(name = 'long', options = {}) {
    const opened = await open(browser, `${server.url}/e/${name}`, options);
    await ready(opened.page);
    return opened;
  }
  const middle = (n) => n * STEP + STEP / 2;
  const lit = (page, n) => page.waitForFunction((index) => document.querySelector(`[data-line="${index}"][aria-current="true"]`), n);
  const boxOf = (page, n) => page.locator(`[data-line="${n}"]`).evaluate((line) => {
    const { top, bottom } = line.getBoundingClientRect();
    return { top, bottom, scrollY };
  });
  /** Waits until nothing has moved for a while. */
  const stands = (page) => page.evaluate(() => new Promise((done) => {
    let last = NaN;
    let quiet = 0;
    const look = () => {
      quiet = scrollY === last ? quiet + 1 : 0;
      last = scrollY;
      if (quiet > 20) done(scrollY);
      else requestAnimationFrame(look);
    };
    look();
  }));
  /** The voice goes to a line; whether the page goes with it. */
  async function goesWith(page, n) {
    const from = await stands(page);
    await seek(page, middle(n));
    await lit(page, n);
    const to = await stands(page);
    const { top, bottom } = await boxOf(page, n);
    const seen = top > 56 && bottom < await page.evaluate(() => innerHeight) - 100;
    assert.equal(seen, to !== from, 'either the page goes and the line is seen, or it stays');
    return seen;
  }
  async function following(page) {
    assert.ok(await goesWith(page, 20));
    return goesWith(page, 40);
  }
  async function wheel(page, by) {
    const from = await stands(page);
    await page.mouse.move(600, 400);
    await page.mouse.wheel(0, by);
    await page.waitForFunction((y) => scrollY !== y, from);
    await stands(page);
  }

  test('a reader who scrolls back to the voice is followed again', async () => {
    const { page, close } = await reading();
    assert.ok(await following(page));
    await wheel(page, 1500);
    assert.equal(await page.locator('.voice').getAttribute('data-way'), 'up');
    await wheel(page, -1500);
    assert.ok(await page.locator('.voice').isHidden());
    assert.ok(await goesWith(page, 60));
    await close();
  });

  test('a page just opened stays at its head until its listener goes on from there', async () => {
    const { page, close } = await reading('intro');
    assert.equal(await stands(page), 0);
    await page.locator('[data-skip="30000"]').click();
    await lit(page, 25);
    assert.ok(await stands(page) > 0, 'the page has stayed behind');
    const { top, bottom } = await boxOf(page, 25);
    assert.ok(top > 56 && bottom < 700, `the line stands at ${top}`);
    await page.reload();
    await ready(page);
    await page.locator('.find input').fill('75: the harbour');
    await page.waitForFunction(() => scrollY > 0);
    await page.locator('.find input').blur();
    await page.locator('[data-skip="30000"]').click();
    await lit(page, 55);
    await stands(page);
    const found = await boxOf(page, 55);
    assert.ok(found.top > 56 && found.bottom < 700, `after a search the line stands at ${found.top}`);
    await close();
  });

  test('a key brings the first line too', async () => {
    const { page, close } = await reading('long', { viewport: { width: 640, height: 260 } });
    await lit(page, 0);
    assert.equal(await stands(page), 0);
    const before = await boxOf(page, 0);
    assert.ok(before.bottom > 148, 'the line is in sight anyway');
    await page.keyboard.press('v');
    await stands(page);
    const after = await boxOf(page, 0);
    assert.ok(after.top >= 0 && after.bottom <= 148, `the line stands at ${after.top}`);
    await close();
  });

  test('a small scroll away stays away, the turn back is a coming back', async () => {
    const { page, close } = await reading();
    assert.ok(await following(page));
    await wheel(page, 90);
    assert.equal(await goesWith(page, 70), false);
    await seek(page, middle(40));
    await lit(page, 40);
    await wheel(page, 60);
    assert.equal(await goesWith(page, 70), false, 'nor does it on going on');
    await seek(page, middle(40));
    await lit(page, 40);
    await wheel(page, -60);
    assert.ok(await goesWith(page, 70));
    await close();
  });

  test('a scroll that passes by the voice does not hold on to it', async () => {
    const { page, close } = await reading();
    assert.ok(await following(page));
    await wheel(page, 1500);
    await wheel(page, -4000);
    assert.equal(await page.locator('.voice').getAttribute('data-way'), 'down');
    assert.equal(await goesWith(page, 70), false);
    await close();
  });

  test('a window of another size, larger letters and a taller page do not let go', async () => {
    const { page, close } = await reading();
    assert.ok(await following(page));
    await page.setViewportSize({ width: 700, height: 900 });
    assert.ok(await goesWith(page, 60));
    await page.evaluate(() => (document.documentElement.style.fontSize = '22px'));
    assert.ok(await goesWith(page, 30));
    await page.evaluate(() => {
      const more = document.createElement('p');
      more.style.height = '700px';
      document.querySelector('.masthead').append(more);
    });
    assert.ok(await goesWith(page, 70));
    await close();
  });

  const lettings = {
    'a focus that is not ours': (page) => page.evaluate(() => {
      const line = document.querySelector('[data-line="42"]');
      line.tabIndex = -1;
      line.focus({ preventScroll: true });
    }),
    'selecting by dragging': async (page) => {
      const box = await page.locator('[data-line="41"]').boundingBox();
      await page.mouse.move(box.x + 20, box.y + 10);
      await page.mouse.down();
      await page.mouse.move(box.x + 200, box.y + 10, { steps: 6 });
      await page.mouse.up();
    },
    "the browser's own search": (page) => page.evaluate(() => {
      getSelection().removeAllRanges();
      window.find('75: the harbour');
    }),
  };
  for (const [name, letGo] of Object.entries(lettings)) {
    test(`${name} lets go`, async () => {
      const { page, close } = await reading();
      assert.ok(await following(page));
      await letGo(page);
      await stands(page);
      assert.equal(await goesWith(page, 5), false);
      await close();
    });
  }

  test('a line taller than the page is followed by its word', async () => {
    const { page, close } = await reading('tall', { viewport: { width: 390, height: 700 } });
    await seek(page, 2050);
    await lit(page, 1);
    for (const word of [30, 150, 299, 80]) {
      await page.evaluate(() => document.querySelector('#audio').play());
      await seek(page, 2000 + word * 200 + 100);
      await page.waitForFunction((wanted) => {
        const range = Array.from(CSS.highlights.get('word'))[0];
        return range && Number(/^word(\d+)/.exec(String(range))?.[1]) >= wanted;
      }, word);
      await page.evaluate(() => document.querySelector('#audio').pause());
      await stands(page);
      const [top, bottom, height] = await page.evaluate(() => {
        const box = Array.from(CSS.highlights.get('word'))[0].getBoundingClientRect();
        return [box.top, box.bottom, innerHeight];
      });
      assert.ok(top > 56 && bottom < height - 112, `word ${word} stands at ${top} of ${height}`);
    }
    assert.equal(await litLine(page), 1);
    await close();
  });

  test('where the browser does not tell the end of a scroll, it is waited for', async () => {
    const { page, context, close } = await open(browser, server.url);
    await context.addInitScript(() => {
      delete window.onscrollend;
      addEventListener('scrollend', (event) => event.stopImmediatePropagation(), { capture: true });
    });
    await page.goto(`${server.url}/e/long`);
    await ready(page);
    assert.ok(await page.evaluate(() => !('onscrollend' in window)));
    assert.ok(await following(page));
    await wheel(page, 1500);
    await wheel(page, -1500);
    await page.locator('.voice').waitFor({ state: 'hidden' });
    assert.ok(await goesWith(page, 60));
    await close();
  });

  test('a page in a frame never moves the page around it', async () => {
    const { page, close } = await open(browser, server.url);
    await page.route('**/e/long', async (route) => { // the server forbids frames: here one is let in
      const response = await route.fetch();
      const headers = response.headers();
      delete headers['x-frame-options'];
      headers['content-security-policy'] = (headers['content-security-policy'] ?? '').replace(/frame-ancestors[^;]*/, '');
      await route.fulfill({ response, headers });
    });
    await page.route('**/around', (route) => route.fulfill({
      contentType: 'text/html',
      body: '<!doctype html><p style="height:900px">above</p><iframe src="/e/long" width="900" height="600"></iframe><p style="height:3000px">below</p>',
    }));
    await page.goto(`${server.url}/around`);
    const inner = page.frames().find((frame) => frame.url().endsWith('/e/long'));
    await inner.waitForFunction(() => document.querySelector('#audio')?.readyState > 0 && document.querySelector('.picture [data-hue="1"]'));
    await page.evaluate(() => scrollTo(0, 700));
    for (const n of [30, 60, 10]) {
      await seek(inner, middle(n));
      await lit(inner, n);
      await stands(inner);
      const { top } = await boxOf(inner, n);
      assert.ok(top > 0 && top < 500, `line ${n} stands at ${top} in the frame`);
      assert.equal(await page.evaluate(() => scrollY), 700, 'the page around it has moved');
    }
    await inner.locator('[data-to="voice"]').evaluate((link) => link.click());
    assert.equal(await page.evaluate(() => scrollY), 700);
    await close();
  });
});
