// Loop, speed, size of the text, delay of the output, lock screen, phone.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { cueAt, litLine, now, open, play, ready, seek, serve, startBrowser, truth, until } from './house.mjs';

const phone = { hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } };

describe('listening', () => {
  let server, browser, demo, address;
  before(async () => {
    [server, browser, demo] = await Promise.all([serve(), startBrowser(), truth()]);
    address = `${server.url}/e/${demo.id}`;
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  async function reading(options = {}, prepare = null) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    if (prepare) await context.addInitScript(prepare);
    const page = await context.newPage();
    const faults = [];
    page.on('pageerror', (error) => faults.push(error.stack));
    await page.goto(address);
    await ready(page);
    return { page, context, close: async () => {
      await context.close();
      assert.deepEqual(faults, []);
    } };
  }
  const paused = (page) => page.evaluate(() => document.querySelector('#audio').paused);
  const rate = (page) => page.evaluate(() => document.querySelector('#audio').playbackRate);
  const kept = (page, name) => page.evaluate((key) => JSON.parse(localStorage.getItem(`hearsay:${key}`)), name);
  const pause = (page) => page.evaluate(() => document.querySelector('#audio').pause());
  const end = (page) => page.locator('.signs .again');
  const marked = (page) => page.evaluate(() => Array.from(CSS.highlights.get('loop') ?? [], String).join());
  async function more(page) {
    await page.locator('.transport .more').click();
    await page.waitForSelector('.listening .row');
  }
  /** A line of a second or two, so that a loop comes round soon. */
  const short = () => demo.cues.findIndex(({ start, end: to }, n) => n > 2 && to - start > 900 && to - start < 2500);
  /** Notes the clock at every frame until the sound has gone back so many times. */
  const rounds = (page, times) => page.evaluate((wanted) => new Promise((done) => {
    const audio = document.querySelector('#audio');
    const seen = [];
    let back = 0;
    const look = () => {
      const at = audio.currentTime * 1000;
      if (at < (seen.at(-1) ?? 0) - 100) back++;
      seen.push(at);
      if (back < wanted) requestAnimationFrame(look);
      else done(seen);
    };
    look();
  }), times);

  /** Where the sound was when it turned back: on a busy machine a turn may be late, but not every one. */
  function checkTurns(seen, at) {
    const turns = seen.filter((ms, n) => seen[n + 1] < ms - 100).slice(-3);
    assert.ok(Math.max(...turns) > at - 100 && Math.min(...turns) < at + 100, `it turned at ${turns}, not ${at}`);
  }

  // — loop

  test('a key loops the line being spoken, Escape ends it', async () => {
    const { page, close } = await reading();
    const cue = demo.cues[short()];
    await seek(page, cue.start + 50);
    await play(page);
    await page.waitForFunction((line) => document.querySelector('[aria-current="true"]')?.dataset.line === String(line), short());
    await page.keyboard.press('l');
    await end(page).waitFor();
    const seen = await rounds(page, 3);
    assert.ok(Math.min(...seen) >= cue.start - 30, `it went back to ${Math.min(...seen)}, not ${cue.start}`);
    checkTurns(seen, cue.end);
    assert.equal((await marked(page)).replace(/\s+/g, ' ').trim(), cue.words.join(' '));
    assert.equal(await paused(page), false);
    await page.keyboard.press('Escape');
    assert.ok(await end(page).isHidden());
    assert.equal(await marked(page), '');
    await page.waitForFunction((to) => document.querySelector('#audio').currentTime * 1000 > to + 200, cue.end);
    await close();
  });

  test('the key again, the sign, and going elsewhere each end it', async () => {
    const { page, close } = await reading();
    const cue = demo.cues[short()];
    await page.keyboard.press('l'); // before anything is spoken: the first line
    await page.waitForFunction((said) => String(Array.from(CSS.highlights.get('loop') ?? [])[0] ?? '') === said, demo.cues[0].words.join(' '));
    const ways = [() => page.keyboard.press('l'), () => end(page).click(), () => seek(page, demo.cues[0].start)];
    for (const way of ways) {
      await seek(page, cue.start + 50);
      await page.waitForFunction((line) => document.querySelector('[aria-current="true"]')?.dataset.line === String(line), short());
      await page.keyboard.press('l');
      await end(page).waitFor();
      await seek(page, cue.start + 200); // within: it stays
      await page.waitForTimeout(100);
      assert.ok(await end(page).isVisible());
      await way();
      await end(page).waitFor({ state: 'hidden' });
    }
    await close();
  });

  test('what a key has changed is said in words, in place of the other signs for its moment', async () => {
    const { page, close } = await reading(phone);
    const said = page.locator('.signs p');
    await page.keyboard.press('d');
    await page.waitForFunction(() => document.querySelector('.signs p').textContent);
    assert.equal(await said.textContent(), 'Light 20 ms later');
    await page.keyboard.press('l');
    await end(page).waitFor();
    await page.waitForFunction(() => !document.querySelector('.signs p').textContent);
    const seen = () => end(page).evaluate((sign) => getComputedStyle(sign).opacity);
    assert.equal(await seen(), '1');
    await end(page).focus();
    await page.keyboard.press('e');
    await page.waitForFunction(() => document.querySelector('.signs p').textContent);
    assert.equal(await seen(), '0');
    assert.ok(await end(page).evaluate((sign) => sign === document.activeElement));
    await page.keyboard.press('Enter');
    await end(page).waitFor({ state: 'hidden' });
    assert.ok(await page.locator('.play').evaluate((button) => button === document.activeElement), 'the focus is lost');
    await close();
  });

  test('a selected passage is looped from the buttons beside it', async () => {
    const { page, close } = await reading();
    const index = demo.cues.findIndex(({ words, wordStarts }) => words.length > 6 && wordStarts.length === words.length);
    const { words, wordStarts } = demo.cues[index];
    await page.locator(`[data-line="${index}"]`).scrollIntoViewIfNeeded();
    await page.locator(`[data-line="${index}"]`).evaluate((line, [first, last]) => {
      const text = document.createTreeWalker(line, NodeFilter.SHOW_TEXT).nextNode();
      const starts = Array.from(text.data.matchAll(/\S+/g), (match) => [match.index, match.index + match[0].length]);
      getSelection().setBaseAndExtent(text, starts[first][0], text, starts[last][1]);
    }, [1, 3]);
    await page.locator('.quote [data-loop]').click();
    const seen = await rounds(page, 3);
    const later = seen.slice(seen.findIndex((at) => at >= wordStarts[1] - 30)); // the first frames are from before the jump
    assert.ok(Math.min(...later) >= wordStarts[1] - 30, `from ${Math.min(...later)}, not ${wordStarts[1]}`);
    checkTurns(later, wordStarts[4]);
    assert.equal(await marked(page), words.slice(1, 4).join(' '));
    await close();
  });

  test('a line whose times are a guess is not looped, and a sentence says so', async () => {
    let rough = null;
    await until(async () => {
      const { episodes } = await (await fetch(`${server.url}/api/episodes`)).json();
      for (const { id } of episodes) {
        const { segments } = await (await fetch(`${server.url}/api/episodes/${id}/transcript`)).json();
        const guess = segments?.find(({ timing, startMs }) => timing === 'estimated' && startMs > 0);
        if (guess) rough = { id, at: guess.startMs };
      }
      return rough;
    });
    const { page, close } = await open(browser, `${server.url}/e/${rough.id}`);
    await ready(page);
    await seek(page, rough.at + 100);
    await page.keyboard.press('l');
    await page.waitForFunction(() => document.querySelector('.signs p')?.textContent.includes('not known exactly'));
    assert.ok(await end(page).isHidden());
    await close();
  });

  // — speed

  test('keys and buttons change the speed, the list shows it, it is remembered', async () => {
    const { page, close } = await reading();
    await page.keyboard.press('>');
    await page.waitForFunction(() => document.querySelector('#audio').playbackRate === 1.1);
    await page.keyboard.press('<');
    await page.keyboard.press('<');
    await page.waitForFunction(() => document.querySelector('#audio').playbackRate === 0.9 && document.querySelector('.rate select').value === '0.9');
    await more(page);
    await page.locator('.listening').getByRole('button', { name: 'Faster' }).click();
    await page.waitForFunction(() => document.querySelector('#audio').playbackRate === 0.95 && document.querySelector('.rate select').value === '0.95');
    assert.deepEqual(await page.locator('.rate option').evaluateAll((options) => options.map(({ value }) => Number(value))),
      [0.5, 0.75, 0.9, 0.95, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3]);
    assert.equal(await page.evaluate(() => document.querySelector('#audio').preservesPitch), true);
    await page.reload();
    await ready(page);
    assert.equal(await rate(page), 0.95);
    await close();
  });

  // — size of the text

  test('the text grows, the line at the top stays, and it is remembered', async () => {
    for (const options of [{}, phone]) {
      const { page, close } = await reading(options);
      await page.evaluate(() => document.querySelector('[data-line="14"]').scrollIntoView({ block: 'start' }));
      await page.waitForTimeout(300);
      await more(page);
      const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.querySelector('[data-line]')).fontSize));
      const before = await size();
      const top = () => page.evaluate(() => document.querySelector('[data-line="14"]').getBoundingClientRect().top);
      const place = await top();
      for (const step of [4, 0, 2]) {
        await page.locator('.sizes input').nth(step).check({ force: true });
        await page.waitForTimeout(200);
        assert.ok(Math.abs(await top() - place) <= 4, `size ${step} moved the line from ${place} to ${await top()}`);
      }
      assert.ok(Math.abs(await size() / before - 1.15) < 0.01);
      await page.reload();
      await ready(page);
      assert.ok(Math.abs(await size() / before - 1.15) < 0.01);
      await close();
    }
  });

  test('so it does in the middle of a long text, whose other parts are not laid out', async () => {
    const clock = (ms) => new Date(ms).toISOString().slice(11, 23);
    const cues = Array.from({ length: 1800 }, (_, n) => `${clock(n * 100)} --> ${clock(n * 100 + 100)}\n<v ${n % 40 < 20 ? 'Ann' : 'Ben'}>Line ${n} ${'of a long and quiet text '.repeat(1 + n % 5)}\n`);
    const house = await serve({ 'long.mp3': await readFile(demo.sound), 'long.vtt': `WEBVTT\n\n${cues.join('\n')}` });
    const { page, close } = await open(browser, `${house.url}/e/long`);
    await ready(page);
    await page.evaluate(() => document.querySelector('[data-line="900"]').scrollIntoView({ block: 'start' }));
    await page.waitForTimeout(300);
    await page.evaluate(() => document.querySelector('[data-line="900"]').scrollIntoView({ block: 'start' }));
    await more(page);
    const top = () => page.evaluate(() => document.querySelector('[data-line="900"]').getBoundingClientRect().top);
    const place = await top();
    for (const step of [4, 0, 2]) {
      await page.locator('.sizes input').nth(step).check({ force: true });
      await page.waitForTimeout(300);
      assert.ok(Math.abs(await top() - place) <= 4, `size ${step} moved the line from ${place} to ${await top()}`);
    }
    await close();
    await house.stop();
  });

  test('a change of size does not let go of the voice', async () => {
    const { page, close } = await reading();
    await seek(page, demo.cues[12].start);
    await play(page);
    await more(page);
    await page.locator('.sizes input').nth(4).check({ force: true });
    await page.waitForTimeout(500);
    assert.ok(await page.locator('.voice').isHidden());
    await close();
  });

  // — the delay of the output

  /** Notes at every frame the clock and the line lit. */
  const watch = (page, ms) => page.evaluate((length) => new Promise((done) => {
    const audio = document.querySelector('#audio');
    const frames = [];
    const until = performance.now() + length;
    const look = () => {
      frames.push([audio.currentTime * 1000, Number(document.querySelector('[data-line][aria-current="true"]')?.dataset.line ?? -1)]);
      if (performance.now() < until) requestAnimationFrame(look);
      else done(frames);
    };
    requestAnimationFrame(look);
  }), ms);

  test('with a delay the light comes later, from a seek on and at double speed', async () => {
    const { page, close } = await reading();
    const from = demo.cues[3].start;
    for (let n = 0; n < 20; n++) await page.keyboard.press('d');
    await page.waitForFunction(() => document.querySelector('.signs p')?.textContent.includes('400 ms later'));
    for (const speed of [1, 2]) {
      await pause(page);
      await page.evaluate((value) => (document.querySelector('#audio').playbackRate = value), speed);
      await seek(page, from);
      await page.waitForFunction(() => document.querySelector('[aria-current="true"]')?.dataset.line === '3');
      await play(page);
      const frames = (await watch(page, 5000)).filter(([clock]) => clock > from);
      assert.ok(new Set(frames.map(([, line]) => line)).size > 1, 'no line changed');
      const right = (t) => cueAt(demo.cues, Math.max(from, t - 400 * speed));
      const wrong = frames.filter(([clock, line]) => ![-34, -17, -2, 0, 2].some((off) => right(clock + off * speed) === line));
      assert.ok(wrong.length <= frames.length / 100, `${wrong.length} of ${frames.length} frames are wrong at ${speed}×: ${JSON.stringify(wrong.slice(0, 5))}`);
    }
    await pause(page);
    await page.evaluate(() => (document.querySelector('#audio').playbackRate = 1));
    await seek(page, from);
    await play(page);
    const changing = watch(page, 4000);
    for (const speed of [2, 1, 2.5]) {
      await page.waitForTimeout(900);
      await page.evaluate((value) => (document.querySelector('#audio').playbackRate = value), speed);
    }
    const lit = (await changing).slice(10).map(([, line]) => line).filter((line) => line >= 0);
    assert.ok(lit.every((line, n) => n === 0 || line >= lit[n - 1]), `the light went back: ${[...new Set(lit)]}`);
    await pause(page);
    await seek(page, demo.cues[6].end - 10);
    await page.waitForFunction(() => document.querySelector('[aria-current="true"]')?.dataset.line === '6', null, { timeout: 2000 });
    await close();
  });

  test('each output has its own delay', async () => {
    const { page, close } = await reading({}, () => {
      window.reports = 0;
      window.edges = () => Array.from(document.querySelectorAll('.panel button'), (button) => button.getBoundingClientRect().top);
      Object.defineProperty(AudioContext.prototype, 'outputLatency', { get: () => window.reports }); // another output
    });
    await play(page);
    await page.mouse.click(5, 400);
    await more(page);
    const before = await page.evaluate(() => {
      const told = document.querySelector('.listening').innerText;
      window.reports = 0.03; // it tells late
      return { told, edges: window.edges() };
    });
    await page.waitForFunction(() => document.querySelector('.listening').innerText.includes('reports 30 ms'));
    assert.ok(!before.told.includes('reports'));
    assert.deepEqual(await page.evaluate(() => window.edges()), before.edges, 'a button has moved away from under the finger');
    const shown = page.locator('.listening [aria-label="Light"] output');
    await page.locator('.listening').getByRole('button', { name: 'Later' }).click();
    assert.equal(await shown.textContent(), '20 ms');
    const plug = (latency) => page.evaluate((value) => {
      window.reports = value;
      navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    }, latency);
    await plug(0.2);
    await page.waitForFunction(() => document.querySelector('.listening').textContent.includes('reports 200 ms'));
    assert.equal(await shown.textContent(), '0 ms');
    for (let n = 0; n < 3; n++) await page.locator('.listening').getByRole('button', { name: 'Later' }).click();
    await plug(0.031);
    await page.waitForFunction(() => document.querySelector('.listening').textContent.includes('reports 31 ms'));
    assert.equal(await shown.textContent(), '20 ms');
    assert.deepEqual((await kept(page, 'listening')).delays, { 40: 20, 200: 60 });
    await close();
  });

  test('nobody who has set nothing pays for it', async () => {
    const { page, close } = await reading({}, () => {
      window.made = 0;
      window.AudioContext = class extends AudioContext {
        constructor(...given) {
          super(...given);
          window.made++;
        }
      };
    });
    const asked = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.mouse.click(5, 400);
    await play(page);
    await page.waitForTimeout(1500);
    assert.equal(await page.evaluate(() => window.made), 0);
    assert.deepEqual(asked.filter((url) => /\.js$/.test(url) && !/\/(session|placing)\.js$/.test(url)), []); // the lock screen and the place are everybody's
    await close();
  });

  // — the screen stays on

  test('the screen is kept awake while it plays, and only then', async () => {
    const { page, close } = await reading({}, () => {
      const request = WakeLock.prototype.request;
      window.locks = [];
      WakeLock.prototype.request = async function ask(...given) { // Chromium's own; only noted
        const lock = await request.apply(this, given);
        window.locks.push(lock);
        return lock;
      };
    });
    const held = () => page.evaluate(() => window.locks.filter(({ released }) => !released).length);
    await more(page);
    await page.locator('.listening').getByRole('switch').check();
    await page.keyboard.press('Escape');
    assert.equal(await held(), 0);
    await play(page);
    await page.waitForFunction(() => window.locks.some(({ released }) => !released));
    await pause(page);
    await page.waitForFunction(() => window.locks.every(({ released }) => released));
    await page.reload(); // remembered
    await ready(page);
    await play(page);
    await page.waitForFunction(() => window.locks.length === 1 && !window.locks[0].released);
    await close();
  });

  test('on plain http a sentence stands where the switch would', async () => {
    const { page, close } = await reading({}, () => Object.defineProperty(window, 'isSecureContext', { value: false }));
    await more(page);
    assert.equal(await page.locator('.listening').getByRole('switch').count(), 0);
    assert.match(await page.locator('.listening').textContent(), /needs HTTPS/);
    await close();
  });

  // — lock screen

  test('the lock screen has the title, the cover and every handler', async () => {
    const { page, close } = await reading({}, () => {
      window.handlers = {};
      window.states = [];
      const { setActionHandler, setPositionState } = MediaSession.prototype;
      MediaSession.prototype.setActionHandler = function note(name, handle) {
        window.handlers[name] = handle;
        setActionHandler.call(this, name, handle);
      };
      MediaSession.prototype.setPositionState = function note(state) {
        window.states.push(state);
        setPositionState.call(this, state);
      };
    });
    await play(page);
    await page.waitForFunction(() => navigator.mediaSession.metadata && window.handlers.seekforward);
    await pause(page);
    const about = await page.evaluate(() => ({ title: navigator.mediaSession.metadata.title, artist: navigator.mediaSession.metadata.artist, cover: navigator.mediaSession.metadata.artwork[0]?.src }));
    const { episodes } = await (await fetch(`${server.url}/api/episodes`)).json();
    const { title, show } = episodes.find(({ id }) => id === demo.id);
    assert.deepEqual([about.title, about.artist], [title, show]);
    assert.equal((await fetch(about.cover)).headers.get('content-type').split('/')[0], 'image');
    const call = (name, detail) => page.evaluate(([action, given]) => window.handlers[action](given), [name, { action: name, ...detail }]);
    await call('seekto', { seekTime: 20 });
    assert.ok(Math.abs(await now(page) - 20_000) < 5);
    await call('play');
    await page.waitForFunction(() => !document.querySelector('#audio').paused);
    await call('play'); // once more: it plays on
    assert.equal(await paused(page), false);
    await call('pause');
    await page.waitForFunction(() => document.querySelector('#audio').paused);
    assert.equal(await page.evaluate(() => navigator.mediaSession.playbackState), 'paused');
    const before = await now(page);
    await call('seekbackward');
    assert.ok(Math.abs(await now(page) - (before - 15_000)) < 60);
    await call('seekforward', { seekOffset: 5 });
    assert.ok(Math.abs(await now(page) - (before - 10_000)) < 60);
    await page.waitForTimeout(300);
    const [last, told] = await page.evaluate(() => [window.states.at(-1), window.states.length]);
    assert.ok(Math.abs(last.position * 1000 - (before - 10_000)) < 60);
    await play(page);
    const many = () => page.evaluate(() => window.states.length);
    let begun = 0;
    for (let tries = 0; tries < 5 && begun !== await many(); tries++) { // a sound that falters is told too
      begun = await many();
      await page.waitForTimeout(2000); // some eight reports of the time
    }
    assert.equal(await many(), begun, 'it is told again and again');
    assert.ok(begun > told);
    await close();
  });

  // — out of sight

  test('in a hidden page the light sleeps, a loop goes on, and back again it is right at once', async () => {
    const { page, close } = await reading();
    await page.evaluate(() => {
      window.hide = (yes) => {
        Object.defineProperty(document, 'hidden', { configurable: true, get: () => yes });
        Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => (yes ? 'hidden' : 'visible') });
        document.dispatchEvent(new Event('visibilitychange'));
      };
    });
    await seek(page, demo.cues[2].start + 20);
    await play(page);
    await page.evaluate(() => {
      window.hide(true);
      window.changes = 0;
      new MutationObserver((changes) => (window.changes += changes.length)).observe(document.querySelector('[data-transcript]'), { subtree: true, attributes: true });
    });
    await page.waitForFunction((to) => document.querySelector('#audio').currentTime * 1000 > to + 300, demo.cues[4].start);
    assert.equal(await page.evaluate(() => window.changes), 0);
    const [lit, clock] = await page.evaluate(() => {
      window.hide(false); // in the same turn: nothing waits for a frame
      return [Number(document.querySelector('[aria-current="true"]')?.dataset.line ?? -1), document.querySelector('#audio').currentTime * 1000];
    });
    assert.ok([cueAt(demo.cues, clock), cueAt(demo.cues, clock - 20)].includes(lit), `line ${lit} at ${clock}`);
    const cue = demo.cues[short()];
    await seek(page, cue.start + 50);
    await page.waitForFunction((line) => document.querySelector('[aria-current="true"]')?.dataset.line === String(line), short());
    await page.keyboard.press('l');
    await end(page).waitFor();
    await page.evaluate(() => window.hide(true));
    const seen = await rounds(page, 3);
    checkTurns(seen, cue.end);
    await close();
  });

  // — phone

  test('on a phone every control is 44 px wide and high, and in reach of the thumb', async () => {
    const { page, close } = await reading(phone);
    await more(page);
    await page.locator('.find input').fill('the');
    await page.waitForFunction(() => document.querySelector('[data-search-count]').textContent);
    const small = await page.evaluate(() => Array.from(document.querySelectorAll(['top', 'transport', 'panel'].flatMap((part) => ['button', 'input', 'select', 'a'].map((name) => `.${part} ${name}`)).join()))
      .filter((node) => node.offsetParent !== null || node.getClientRects().length)
      .map((node) => [node.outerHTML.slice(0, 90), node.getBoundingClientRect()])
      .filter(([, { width, height }]) => width < 44 || height < 44)
      .map(([what, { width, height }]) => `${what}: ${width} × ${height}`));
    assert.deepEqual(small, []);
    const high = await page.evaluate(() => Array.from(document.querySelectorAll('.transport button, .transport select, .panel'))
      .filter((node) => node.getClientRects().length && node.getBoundingClientRect().bottom < innerHeight / 3).map((node) => node.outerHTML.slice(0, 90)));
    assert.deepEqual(high, []);
    for (const width of [390, 360, 320]) {
      await page.setViewportSize({ width, height: 844 });
      const crossing = await page.evaluate(() => {
        const nodes = Array.from(document.querySelectorAll('.transport :is(button, select)')).filter((node) => node.getClientRects().length);
        const boxes = nodes.map((node) => node.getBoundingClientRect());
        return nodes.flatMap((node, n) => boxes.slice(n + 1).flatMap((box, m) =>
          (boxes[n].left < box.right && box.left < boxes[n].right && boxes[n].top < box.bottom && box.top < boxes[n].bottom ? [[node.className, nodes[n + 1 + m].className]] : [])));
      });
      assert.deepEqual(crossing, [], `at ${width} px`);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width, 'the page scrolls sideways');
    }
    await page.setViewportSize({ width: 390, height: 844 });
    const box = await page.locator('.panel').boundingBox();
    assert.deepEqual([box.x, box.width], [0, 390]);
    const quick = await page.evaluate(() => Array.from(document.querySelectorAll('button, a, input')).filter((node) => getComputedStyle(node).touchAction !== 'manipulation').length);
    assert.equal(quick, 0);
    await close();
  });

  test('what appears on hovering can be had without', async () => {
    const css = (await Promise.all(['transport', 'panel', 'listening', 'quote', 'find', 'seek'].map((name) => readFile(new URL(`../../css/parts/${name}.css`, import.meta.url), 'utf8')))).join('\n');
    const shown = Array.from(css.matchAll(/[^{}]*:hover[^{}]*\{[^}]*\}/g), ([rule]) => rule).filter((rule) => /display|visibility|opacity|pointer-events/.test(rule));
    assert.deepEqual(shown, []);
  });
});
