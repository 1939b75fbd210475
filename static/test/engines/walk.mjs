// One walk over the reading page, for engines other than the one everything is
// tested in: opens, light, following, letting go, clicks, keys, find, links.

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test as nodeTest } from 'node:test';
import { cueAt, litLine, now, seek, serve, truth, until } from '../browser/house.mjs';

const FRAME = 17; // ms
const NEAR = 2; // px

/**
 * @param start gives a browser: open(address) → a page, close()
 * @param only just the tests whose name fits
 */
export function walk(engine, start, only = /./) {
  const test = (name, run) => only.test(name) && nodeTest(name, run);
  describe(engine, () => {
    let server, browser, demo, address, page;
    before(async () => {
      [server, browser, demo] = await Promise.all([serve(), start(), truth()]);
      address = `${server.url}/e/${demo.id}`;
    });
    after(async () => {
      await browser?.close();
      await server?.stop();
    });

    afterEach(() => page.close());

    async function reading(query = '') {
      page = await browser.open(address + query);
      await ready();
    }
    const ready = () => until(() => page.evaluate(() => document.querySelector('#audio').readyState > 0 && document.querySelector('.picture [data-hue="1"]') !== null));
    const paused = () => page.evaluate(() => document.querySelector('#audio').paused);
    const play = () => page.evaluate(() => void document.querySelector('#audio').play()); // WebKit may not tell that it plays
    const pause = () => page.evaluate(() => document.querySelector('#audio').pause());
    const height = () => page.evaluate(() => innerHeight);
    const shown = (selector) => page.evaluate((of) => document.querySelector(of).checkVisibility(), selector);
    const scrolled = () => page.evaluate(() => Math.round(scrollY));
    const boxOf = (selector) => page.evaluate((of) => {
      const { top, bottom, left, right, x, y, width, height: tall } = document.querySelector(of).getBoundingClientRect();
      return { top, bottom, left, right, at: [x + width / 2, y + tall / 2] };
    }, selector);
    const press = async (selector) => page.click(...(await boxOf(selector)).at);
    const bring = (line) => page.evaluate((index) => document.querySelector(`[data-line="${index}"]`).scrollIntoView({ block: 'center', behavior: 'instant' }), line);

    /** Waits until nothing has moved for a while. */
    const standing = () => page.evaluate(() => new Promise((done) => {
      let [last, since] = [NaN, 0];
      const look = (time) => {
        if (scrollY !== last) [last, since] = [scrollY, time];
        if (time - since > 400) done(Math.round(scrollY));
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    }));
    const frames = () => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(null)))));

    /** The voice goes to a line, and the page with it: it has left its head before. */
    async function follow(cue) {
      await seek(page, demo.cues[1].start + 10);
      await until(async () => await litLine(page) === 1);
      await seek(page, demo.cues[cue].start + 10);
      await until(async () => await litLine(page) === cue);
      const followed = await standing();
      const { top, bottom } = await boxOf(`[data-line="${cue}"]`);
      assert.ok(followed > 100 && top > 56 && bottom < await height() - 100, `it followed at first: the line lies at ${top}`);
      return followed;
    }

    /** Boxes of what is marked by a name, whichever way it is painted; and of the words of a line that are meant. */
    const marks = (name) => page.evaluate((of) => {
      const boxes = CSS.highlights
        ? Array.from(CSS.highlights.get(of), (range) => Array.from(range.getClientRects())).flat()
        : Array.from(document.querySelectorAll(`.boxes[data-mark="${of}"] i`), (box) => box.getBoundingClientRect());
      return boxes.map(({ left, right, top, bottom }) => [left, right, (top + bottom) / 2]);
    }, name);
    const boxOfWord = (line, word) => page.evaluate((index, nth) => {
      const text = document.createTreeWalker(document.querySelector(`[data-line="${index}"]`), NodeFilter.SHOW_TEXT).nextNode();
      const found = Array.from(text.data.matchAll(/\S+/g))[nth];
      const range = new Range();
      range.setStart(text, found.index);
      range.setEnd(text, found.index + found[0].length);
      const { left, right, top, bottom } = range.getBoundingClientRect();
      return [left, right, (top + bottom) / 2];
    }, line, word);
    const same = (one, other) => one.every((value, n) => Math.abs(value - other[n]) <= NEAR);

    const timed = () => demo.cues.flatMap(({ words, wordStarts }, index) => (words.length > 5 && words.length === wordStarts.length ? [index] : []));

    test('the page opens, its text is read and nothing is marked yet', async () => {
      await reading();
      const text = await page.evaluate(() => document.querySelector('[data-transcript]').textContent);
      for (const { words } of demo.cues) assert.ok(text.includes(words.join(' ')));
      assert.equal(await litLine(page), -1);
      const { left, right } = await boxOf('[data-line="0"]');
      assert.ok(left > 0 && right < await page.evaluate(() => innerWidth));
      assert.notEqual(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor), 'rgba(0, 0, 0, 0)', 'the colours are known');
    });

    test('after seeks, paused and playing, the right line and word are lit', async () => {
      await reading();
      for (let n = 0; n < 12; n++) {
        const cue = (n * 7 + 3) % demo.cues.length;
        const { start, end, words, wordStarts } = demo.cues[cue];
        const at = n % 4 === 0 ? start : start + (end - start) * 0.6;
        await (n % 2 ? play() : pause());
        await page.evaluate((ms) => new Promise((done) => {
          const audio = document.querySelector('#audio');
          audio.addEventListener('seeked', () => done(null), { once: true });
          audio.currentTime = ms / 1000;
        }), at);
        await frames();
        const [line, time] = await page.evaluate(() => [Number(document.querySelector('[data-line][aria-current="true"]')?.dataset.line ?? -1), document.querySelector('#audio').currentTime * 1000]);
        const fitting = [cueAt(demo.cues, time + 1), cueAt(demo.cues, Math.max(at, time - 2 * FRAME) + 1)];
        assert.ok(fitting.includes(line), `seek ${n} to ${at}: line ${line} is lit at ${time}, not ${cue}`);
        if (n % 2 || words.length !== wordStarts.length) continue;
        await standing();
        const [box] = await marks('word');
        const word = wordStarts.findLastIndex((ms) => ms <= at + 0.5);
        assert.ok(box && same(box, await boxOfWord(cue, word)), `word ${word} of line ${cue} is marked: ${box}`);
      }
    });

    test('while it plays, the line is right in nearly every frame, and the page goes along', async () => {
      await reading();
      await seek(page, demo.cues[10].start);
      await page.evaluate(() => (document.querySelector('#audio').playbackRate = 2));
      await play();
      const seen = await page.evaluate(() => new Promise((done) => {
        const audio = document.querySelector('#audio');
        const rows = [];
        const till = performance.now() + 7000;
        const look = () => {
          rows.push([audio.currentTime * 1000, Number(document.querySelector('[data-line][aria-current="true"]')?.dataset.line ?? -1)]);
          if (performance.now() < till) requestAnimationFrame(look);
          else done(rows);
        };
        requestAnimationFrame(look);
      }));
      const wrong = seen.filter(([time, line], n) => {
        const earlier = Math.min(seen[n - 1]?.[0] ?? time, time - 2 * FRAME);
        for (let t = earlier - 1; t <= time + 1; t++) if (cueAt(demo.cues, t) === line) return false;
        return true;
      });
      const lines = new Set(seen.map(([, line]) => line));
      if (process.env.SHOW) console.log(engine, seen.length, lines.size, JSON.stringify(wrong), seen[0], seen.at(-1));
      assert.ok(lines.size > 3, `only ${lines.size} lines were lit`);
      assert.ok(wrong.length <= seen.length / 50, `wrong in ${wrong.length} of ${seen.length} frames: ${JSON.stringify(wrong.slice(0, 20))}`);
      await pause();
      await standing();
      const { top, bottom } = await boxOf('[aria-current="true"], [data-said]');
      assert.ok(top > 56 && bottom < await height() - 100, `the line lies at ${top}`);
    });

    const ways = {
      'the wheel': () => page.wheel(700),
      'a key': () => page.press('PageDown'),
      'the scroll bar': () => page.evaluate(() => scrollBy({ top: 700, behavior: 'instant' })),
    };
    for (const [name, move] of Object.entries(ways)) {
      test(`scrolling by ${name} lets go, one tap brings back`, async () => {
        await reading();
        const [first, second] = [20, 24];
        const followed = await follow(first);
        await move();
        const here = await standing();
        assert.ok(Math.abs(here - followed) > 100, 'nothing was scrolled');
        await until(() => shown('.voice'));
        await seek(page, demo.cues[second].start + 10);
        await until(async () => await litLine(page) === second);
        assert.equal(await standing(), here, 'the page moved by itself');
        await press('.voice');
        await standing();
        const { top, bottom } = await boxOf(`[data-line="${second}"]`);
        assert.ok(top > 56 && bottom < await height() - 100, `the line lies at ${top}`);
        assert.equal(await shown('.voice'), false);
        });
    }

    test('scrolled away and back by hand, it is followed again', async () => {
      await reading();
      const followed = await follow(20);
      await page.wheel(900);
      await until(() => shown('.voice'));
      await standing();
      await page.wheel(-900);
      await until(async () => Math.abs(await scrolled() - followed) < 60);
      await until(async () => !await shown('.voice'));
      await standing();
      await seek(page, demo.cues[demo.cues.length - 3].start + 10);
      assert.ok(await standing() > followed + 100, 'it goes along again');
    });

    test('a click plays from that word', async () => {
      await reading();
      const cue = timed()[3];
      await bring(cue);
      await page.evaluate(() => document.querySelector('#audio').addEventListener('seeking', ({ target }) => (window.sought ??= target.currentTime * 1000)));
      const [left, right, middle] = await boxOfWord(cue, 3);
      await page.click((left + right) / 2, middle);
      await until(() => page.evaluate(() => window.sought !== undefined && !document.querySelector('#audio').paused));
      assert.ok(Math.abs(await page.evaluate(() => window.sought) - demo.cues[cue].wordStarts[3]) <= 1);
    });

    test('dragging selects, shows what to do with it, and never plays', async () => {
      await reading();
      const cue = timed()[2];
      await bring(cue);
      const [left, , middle] = await boxOfWord(cue, 1);
      const [, right] = await boxOfWord(cue, 2);
      await page.drag([left + 1, middle], [right - 1, middle]);
      await until(() => shown('.quote'));
      const selected = await page.evaluate(() => String(getSelection()));
      const { words } = demo.cues[cue];
      assert.ok(words.slice(1, 3).join(' ').includes(selected.trim()) && selected.length > 3, selected);
      const { left: from, right: to, top } = await boxOf('.quote');
      assert.ok(from >= 0 && to <= await page.evaluate(() => innerWidth) && top > middle);
      assert.equal(await now(page), 0);
      const [before, after] = await boxOfWord(cue, 0);
      await page.click((before + after) / 2, middle);
      await until(async () => !await shown('.quote'));
      assert.equal(await now(page), 0);
      assert.ok(await paused());
    });

    test('by keyboard: arrows, Enter, space, skips, the field of find', async () => {
      await reading();
      await page.evaluate(() => document.querySelector('[data-line="0"]').focus());
      await page.press('ArrowDown');
      await page.press('ArrowDown');
      assert.equal(await page.evaluate(() => document.activeElement.dataset.line), '2');
      await page.press('Enter');
      await until(async () => !await paused());
      await until(async () => await litLine(page) === 2);
      await page.press(' ');
      await until(paused);
      const at = await now(page);
      await page.press('ArrowRight');
      await until(async () => Math.abs(await now(page) - at - 30_000) < 20);
      await page.press('ArrowLeft');
      await until(async () => Math.abs(await now(page) - at - 15_000) < 20);
      await page.press('/');
      await until(() => page.evaluate(() => document.activeElement.matches('.find input')));
      await page.type('a b');
      assert.equal(await page.evaluate(() => document.activeElement.value), 'a b');
      assert.ok(await paused());
    });

    test('find counts every line, marks it and goes on by Enter', async () => {
      await reading();
      const word = demo.cues[4].words.find((each) => each.length > 3).replace(/\W/g, '').toLowerCase();
      const lines = demo.cues.flatMap(({ words }, index) => (words.join(' ').toLowerCase().includes(word) ? [index] : []));
      await page.evaluate(() => document.querySelector('.find input').focus());
      await page.type(word);
      assert.equal(parseInt(await page.evaluate(() => document.querySelector('[data-search-count]').textContent), 10), lines.length);
      for (const index of [lines[0], lines[1 % lines.length], lines[2 % lines.length]]) {
        await standing();
        const nth = demo.cues[index].words.findIndex((each) => each.toLowerCase().includes(word));
        const [box] = await marks('found-here');
        const [left, right, middle] = await boxOfWord(index, nth);
        assert.ok(box && box[0] >= left - NEAR && box[1] <= right + NEAR && Math.abs(box[2] - middle) <= NEAR, `what is found in line ${index} is marked: ${box}`);
        assert.ok(middle > 56 && middle < await height() - 100, 'and seen');
        await page.press('Enter');
      }
      await page.press('Escape');
      assert.deepEqual(await marks('found-here'), []);
    });

    test('a link lands on its passage, marked, and plays just that', async () => {
      const cue = demo.cues.findIndex(({ words, wordStarts, start }) => words.length > 6 && words.length === wordStarts.length && start > 60_000);
      const { wordStarts } = demo.cues[cue];
      await reading(`?t=${wordStarts[2] / 1000},${wordStarts[5] / 1000}`);
      await until(async () => (await marks('landed')).length > 0);
      await standing();
      const [box] = await marks('landed');
      const [left, , middle] = await boxOfWord(cue, 2);
      assert.ok(same([box[0], box[2]], [left, middle]));
      assert.ok(middle > 56 && middle < await height() - 100, `the passage lies at ${middle}`);
      assert.ok(await paused(), 'it waits until it is asked');
      await press('.play');
      await until(async () => await now(page) > wordStarts[2] + 50);
      await until(paused);
      assert.ok(Math.abs(await now(page) - wordStarts[5]) < 250);
    });

    test('the panel opens with all it has, over the page', async () => {
      await reading();
      await press('.transport .more');
      await until(() => page.evaluate(() => document.querySelector('.panel .listening').childElementCount > 0));
      const { top, bottom, left, right } = await boxOf('.panel');
      assert.ok(top > 0 && left > 0 && right <= await page.evaluate(() => innerWidth) && bottom <= await height(), 'it is within the window');
      await page.press('Escape');
      await until(async () => !await shown('.panel'));
    });
  });
}
