// The reader's hand comes first: scrolling, selecting, keys, links.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { litLine, now, open, play, ready, seek, serve, startBrowser, truth } from './house.mjs';

describe('the reader', () => {
  let server, browser, demo, address;
  before(async () => {
    [server, browser, demo] = await Promise.all([serve(), startBrowser(), truth()]);
    address = `${server.url}/e/${demo.id}`;
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  async function reading(query = '', options = {}) {
    const opened = await open(browser, address + query, options);
    await ready(opened.page);
    return opened;
  }
  const paused = (page) => page.evaluate(() => document.querySelector('#audio').paused);
  const scrolled = (page) => page.evaluate(() => scrollY);
  /** Waits until the page stands: a finger gives it a swing. */
  const standing = (page) => page.evaluate(() => new Promise((done) => {
    let last = -1;
    let since = 0;
    const look = (time) => {
      if (scrollY !== last) [last, since] = [scrollY, time];
      if (time - since > 600) done(scrollY);
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }));
  const line = (page, index) => page.locator(`[data-line="${index}"]`);

  /** A line whose neighbour is near in time, so that the light moves while we look. */
  const middle = () => Math.floor(demo.cues.length / 2);

  const ways = {
    'the wheel': { move: (page) => page.mouse.wheel(0, 700) },
    'a key': { move: (page) => page.keyboard.press('PageUp') },
    'a finger': {
      options: { hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } },
      async move(page) {
        const session = await page.context().newCDPSession(page);
        const touch = (type, y) => session.send('Input.dispatchTouchEvent', { type, touchPoints: y ? [{ x: 180, y }] : [] });
        await touch('touchStart', 300);
        for (let y = 320; y <= 560; y += 20) await touch('touchMove', y);
        await touch('touchEnd');
      },
    },
    'the scroll bar': { move: (page) => page.evaluate(() => scrollBy({ top: -600, behavior: 'instant' })) },
  };
  for (const [name, { options, move }] of Object.entries(ways)) {
    test(`scrolling by ${name} lets go of the voice, and one tap brings back`, async () => {
      const { page, close } = await reading('', options);
      await page.mouse.move(600, 400);
      await seek(page, demo.cues[middle()].start);
      await play(page);
      const followed = await standing(page); // the glide is over
      await move(page);
      const here = await standing(page);
      assert.notEqual(here, followed, 'nothing was scrolled');
      const before = await litLine(page);
      await page.waitForFunction((old) => {
        const lit = document.querySelector('[aria-current="true"]');
        return lit && Number(lit.dataset.line) > old + 1;
      }, before, { timeout: 40_000 });
      assert.equal(await scrolled(page), here, 'the page moved by itself');
      await page.locator('.voice').click();
      await standing(page);
      const [top, bottom, height] = await (await page.waitForFunction(() => { // between two lines none is lit
        const box = document.querySelector('[aria-current="true"]')?.getBoundingClientRect();
        return box && [box.top, box.bottom, innerHeight];
      })).jsonValue();
      assert.ok(top > 0 && bottom < height, `the line lies at ${top}`);
      assert.ok(await page.locator('.voice').isHidden());
      await close();
    });
  }

  test('a click on a word plays from that word', async () => {
    const { page, close } = await reading();
    const cue = demo.cues.findIndex(({ words, wordStarts }) => words.length > 5 && wordStarts.length === words.length);
    await line(page, cue).scrollIntoViewIfNeeded();
    const place = await line(page, cue).evaluate((element) => {
      const offset = element.textContent.trim().split(/\s+/).slice(0, 3).join(' ').length + 2;
      const range = new Range();
      const text = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode();
      range.setStart(text, offset);
      range.setEnd(text, offset + 1);
      const box = range.getBoundingClientRect();
      return [box.x + box.width / 2, box.y + box.height / 2];
    });
    await page.evaluate(() => document.querySelector('#audio').addEventListener('seeking', (event) => (window.sought ??= event.target.currentTime * 1000)));
    await page.mouse.click(...place);
    await page.waitForFunction(() => window.sought !== undefined && !document.querySelector('#audio').paused);
    assert.ok(Math.abs(await page.evaluate(() => window.sought) - demo.cues[cue].wordStarts[3]) <= 1);
    await close();
  });

  test('dragging selects and never seeks; so does clicking the selection away', async () => {
    const { page, close } = await reading();
    await line(page, 2).scrollIntoViewIfNeeded();
    const box = await line(page, 2).boundingBox();
    await page.mouse.move(box.x + 20, box.y + 14);
    await page.mouse.down();
    await page.mouse.move(box.x + 160, box.y + 14, { steps: 8 });
    await page.mouse.up();
    assert.ok((await page.evaluate(() => String(getSelection()))).length > 3);
    await page.waitForTimeout(200);
    assert.equal(await now(page), 0);
    await page.mouse.click(box.x + 40, box.y + 14);
    await page.waitForTimeout(200);
    assert.equal(await now(page), 0);
    assert.ok(await paused(page));
    await close();
  });

  test('a copied link opens at exactly that passage, marked, and plays just that', async () => {
    const { page, context, close } = await reading();
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.url });
    const cue = demo.cues.findIndex(({ words, start, end }) => words.length > 6 && end - start < 9000 && start > 5000);
    const wanted = await line(page, cue).evaluate((element) => {
      const node = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode();
      const words = node.data.trim().split(/\s+/);
      const from = words.slice(0, 2).join(' ').length + 1;
      const to = words.slice(0, 5).join(' ').length;
      element.scrollIntoView({ block: 'center' });
      getSelection().setBaseAndExtent(node, from, node, to);
      return node.data.slice(from, to);
    });
    await page.locator('[data-copy="link"]').click();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    const { wordStarts, start, end } = demo.cues[cue];
    const words = wordStarts.length > 5;
    assert.equal(link, `${address}?t=${(words ? wordStarts[2] : start) / 1000},${(words ? wordStarts[5] : end) / 1000}`);
    await page.locator('[data-copy="quote"]').click();
    const quote = await page.evaluate(() => navigator.clipboard.readText());
    assert.ok(quote.startsWith(`“${wanted}”\n— `) && quote.endsWith(link), quote);
    await close();

    const second = await open(browser, link);
    await ready(second.page);
    await second.page.waitForFunction(() => CSS.highlights.get('landed')?.size);
    const landed = await second.page.evaluate(() => {
      const range = Array.from(CSS.highlights.get('landed'))[0];
      const line = range.startContainer.parentElement.closest('[data-line]');
      return [String(range), range.getBoundingClientRect().top, innerHeight, getComputedStyle(line, '::highlight(landed)').backgroundColor];
    });
    assert.notEqual(landed[3], 'rgba(0, 0, 0, 0)', 'where it landed is to be seen');
    await second.page.emulateMedia({ forcedColors: 'active' });
    assert.equal(await second.page.locator('[data-landed]').evaluate((line) => getComputedStyle(line, '::highlight(landed)').textDecorationLine), 'underline');
    if (words) assert.equal(landed[0], wanted);
    assert.ok(landed[1] > 56 && landed[1] < landed[2] - 110);
    assert.ok(await paused(second.page), 'it waits until it is asked');
    await second.page.keyboard.press(' ');
    await second.page.waitForFunction(() => !document.querySelector('#audio').paused);
    await second.page.waitForFunction(() => document.querySelector('#audio').paused, null, { timeout: 20_000 });
    assert.ok(Math.abs(await now(second.page) - (words ? wordStarts[5] : end)) < 250);
    await second.close();
  });

  test('a ?t= link lands even before the sound is known', async () => {
    const cue = demo.cues[demo.cues.length - 3];
    const { page, close } = await open(browser, server.url);
    await page.route('**/media/**', async (route) => {
      await new Promise((later) => setTimeout(later, 1200));
      await route.continue();
    });
    await page.goto(`${address}?t=${(cue.start + 100) / 1000}`);
    await page.waitForFunction((index) => document.querySelector(`[data-line="${index}"][aria-current="true"]`), demo.cues.length - 3, { timeout: 1100 });
    await page.waitForFunction(() => document.querySelector('#audio').readyState > 0);
    await page.waitForTimeout(300);
    assert.ok(Math.abs(await now(page) - cue.start - 100) < 2);
    await close();
  });

  test('by keyboard alone: one stop in the text, arrows, Enter, space, skips', async () => {
    const { page, close } = await reading();
    assert.equal(await page.locator('[data-line][tabindex="0"]').count(), 1);
    await line(page, 0).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    assert.equal(await page.evaluate(() => document.activeElement.dataset.line), '2');
    assert.equal(await page.locator('[data-line][tabindex="0"]').count(), 1);
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
    assert.equal(outline, 'solid');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => !document.querySelector('#audio').paused && document.querySelector('[aria-current="true"]')?.dataset.line === '2');
    await page.keyboard.press(' ');
    await page.waitForFunction(() => document.querySelector('#audio').paused);
    const at = await now(page);
    await page.keyboard.press('ArrowRight');
    await page.waitForTimeout(100);
    assert.ok(Math.abs(await now(page) - at - 30_000) < 5);
    await page.keyboard.press('ArrowLeft');
    await page.waitForTimeout(100);
    assert.ok(Math.abs(await now(page) - at - 15_000) < 5);
    await page.locator('.find input').focus();
    await page.keyboard.type('a b');
    assert.equal(await page.inputValue('.find input'), 'a b', 'space types in a field');
    assert.ok(await paused(page));
    await close();
  });

  test('find counts every line, marks it and walks on by Enter', async () => {
    const { page, close } = await reading();
    const word = demo.cues[4].words.find((each) => each.length > 3).replace(/\W/g, '').toLowerCase();
    const lines = demo.cues.flatMap(({ words }, index) => (words.join(' ').toLowerCase().includes(word) ? [index] : []));
    await page.locator('.find input').fill(word.toUpperCase());
    const count = await page.waitForFunction(() => document.querySelector('[data-search-count]').textContent).then((found) => found.jsonValue());
    assert.equal(parseInt(count, 10), lines.length);
    assert.equal(await page.evaluate(() => CSS.highlights.get('found').size + CSS.highlights.get('found-here').size), lines.length);
    const at = () => page.evaluate(() => Number(Array.from(CSS.highlights.get('found-here'))[0].startContainer.parentElement.closest('[data-line]').dataset.line));
    assert.equal(await at(), lines[0]);
    await page.keyboard.press('Enter');
    assert.equal(await at(), lines[1 % lines.length]);
    await page.keyboard.press('Shift+Enter');
    assert.equal(await at(), lines[0]);
    await page.keyboard.press('Escape');
    assert.equal(await page.evaluate(() => CSS.highlights.get('found').size), 0);
    await close();
  });

  test('the place is remembered, but only where something was heard', async () => {
    const { page, close } = await reading();
    await line(page, 6).scrollIntoViewIfNeeded();
    await line(page, 6).click();
    await page.waitForTimeout(300);
    await page.keyboard.press(' ');
    const left = await now(page);
    await page.reload();
    await ready(page);
    await page.waitForTimeout(100);
    assert.ok(Math.abs(await now(page) - left) < 50);
    assert.equal(await litLine(page), 6);
    await close();
  });
});
