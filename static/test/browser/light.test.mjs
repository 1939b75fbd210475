// The right line and word are lit: at every frame, after every seek.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { cueAt, open, play, ready, seek, serve, startBrowser, truth } from './house.mjs';

const FRAME = 17; // ms

describe('the light', () => {
  let server, browser, demo, opened, page;
  before(async () => {
    [server, browser, demo] = await Promise.all([serve(), startBrowser(), truth()]);
    opened = await open(browser, `${server.url}/e/${demo.id}`);
    page = opened.page;
    await ready(page);
  });
  after(async () => {
    await opened?.close();
    await browser?.close();
    await server?.stop();
  });

  /** Looks at every frame for so many seconds: the clock, the line, where the marked word begins. */
  const watch = (seconds) => page.evaluate((length) => new Promise((done) => {
    const audio = document.querySelector('#audio');
    const frames = [];
    const until = performance.now() + length * 1000;
    const look = () => {
      const line = document.querySelector('[data-line][aria-current="true"]');
      const range = Array.from(CSS.highlights.get('word'))[0];
      const before = range && line ? line.textContent.slice(0, range.startOffset) : null;
      frames.push([audio.currentTime * 1000, line ? Number(line.dataset.line) : -1, before === null ? -1 : before.split(/\s+/).length - 1]);
      if (performance.now() < until && !audio.ended) requestAnimationFrame(look);
      else done(frames);
    };
    requestAnimationFrame(look);
  }), seconds);

  function wordAt(t) {
    const cue = demo.cues[cueAt(demo.cues, t)];
    return cue ? cue.wordStarts.findLastIndex((start) => start <= t) : -1;
  }

  /**
   * A frame is wrong that shows what was right neither in it nor in the one
   * before. On a busy machine the browser itself leaves a frame out now and then:
   * one in two hundred may be late, but never two in a row.
   */
  function checkFrames(frames, rate, right, shown) {
    const wrong = frames.map((frame, n) => {
      const earlier = n ? Math.min(frames[n - 1][0], frame[0] - FRAME * rate) : frame[0];
      for (let t = earlier - 1; t <= frame[0] + 1; t++) if (right(t) === shown(frame)) return null;
      return frame;
    });
    const late = wrong.filter(Boolean);
    assert.ok(late.length <= frames.length / 200, `${late.length} of ${frames.length} frames are wrong: ${JSON.stringify(late.slice(0, 20))}`);
    assert.deepEqual(wrong.filter((frame, n) => frame && wrong[n - 1]), [], 'wrong for longer than a frame');
  }

  for (const [rate, seconds] of [[1, 30], [2, 20]]) {
    test(`at every frame of ${seconds} s at ${rate}×`, async () => {
      await page.evaluate((value) => {
        const audio = document.querySelector('#audio');
        audio.pause();
        audio.currentTime = 0;
        audio.playbackRate = value;
        return audio.play();
      }, rate);
      const frames = await watch(seconds);
      await page.evaluate(() => document.querySelector('#audio').pause());
      const played = frames.at(-1)[0] - frames[0][0];
      assert.ok(played > seconds * rate * 900, `the sound really played: ${played} ms`);
      assert.ok(frames.length > seconds * 30, `only ${frames.length} frames were seen`);
      checkFrames(frames, rate, (t) => cueAt(demo.cues, t), (frame) => frame[1]);
      if (demo.cues.some((cue) => cue.wordStarts.length > 1)) {
        checkFrames(frames, rate, wordAt, (frame) => frame[2]);
      }
    });
  }

  test('after 50 random seeks, paused or playing', async () => {
    let seed = 7;
    const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
    await page.evaluate(() => (document.querySelector('#audio').playbackRate = 1));
    for (let n = 0; n < 50; n++) {
      const cue = Math.floor(random() * demo.cues.length);
      const exactly = n % 5 === 0; // right on the start: this line, not the one before
      const { start, end } = demo.cues[cue];
      const at = exactly ? start : start + random() * (end - start) * 0.5;
      await page.evaluate((playing) => (playing ? document.querySelector('#audio').play() : document.querySelector('#audio').pause()), n % 2 === 0);
      await seek(page, at);
      const [shown, time] = await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => {
        done([Number(document.querySelector('[aria-current="true"]')?.dataset.line ?? -1), document.querySelector('#audio').currentTime * 1000]);
      }))));
      const fitting = [cueAt(demo.cues, time + 1), cueAt(demo.cues, Math.max(at, time - 2 * FRAME) + 1)];
      assert.ok(fitting.includes(shown), `seek ${n} to ${at}: line ${shown} is lit at ${time}, not ${cue}`);
    }
  });

  test('only one line is ever marked, and it is in view after a far seek', async () => {
    await page.evaluate(() => document.querySelector('#audio').pause());
    for (const share of [0.9, 0.1, 0.6]) {
      const cue = Math.floor(share * demo.cues.length);
      await seek(page, demo.cues[cue].start + 10);
      await page.waitForTimeout(900);
      const [count, box, height] = await page.evaluate(() => {
        const marked = document.querySelectorAll('[data-line][aria-current]');
        return [marked.length, marked[0].getBoundingClientRect(), innerHeight];
      });
      assert.equal(count, 1);
      assert.ok(box.top > 56 && box.bottom < height - 100, `line ${cue} lies at ${box.top}`);
    }
  });

  test('the light follows through play, pause and speed without a word from us', async () => {
    await seek(page, demo.cues[3].start);
    await page.evaluate(() => (document.querySelector('#audio').playbackRate = 4));
    await play(page);
    await page.waitForTimeout(1500);
    await page.evaluate(() => document.querySelector('#audio').pause());
    await page.waitForTimeout(60);
    const [line, t] = await page.evaluate(() => [Number(document.querySelector('[aria-current="true"]')?.dataset.line ?? -1), document.querySelector('#audio').currentTime * 1000]);
    assert.ok([cueAt(demo.cues, t), cueAt(demo.cues, t - 4)].includes(line));
  });
});
