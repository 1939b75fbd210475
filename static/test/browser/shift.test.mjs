// A sound that is not the one its text was timed by: the page says so, and two
// taps for each place put every line where the voice is.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { TOKEN, litLine, open, seek, serve, startBrowser, truth } from './house.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const phone = { hasTouch: true, isMobile: true, viewport: { width: 390, height: 664 } };
const clock = (ms) => new Date(ms).toISOString().slice(11, 19);
const IN = 300; // ms into a line at which it has to be lit

describe('another copy of the sound', () => {
  let browser, cues, server, folder;
  const starts = {};

  /** The demo's sound in pieces, [from, to] ms of it, or the ms of a tone that is put in. */
  function cut(sound, pieces) {
    const input = ['-i', sound, '-f', 'lavfi', '-i', 'sine=frequency=300:duration=60'];
    const trims = pieces.map((piece, n) => (Array.isArray(piece)
      ? `[0]aresample=22050,atrim=${piece[0] / 1000}${piece[1] ? `:${piece[1] / 1000}` : ''},asetpts=PTS-STARTPTS,aformat=channel_layouts=mono[p${n}]`
      : `[1]aresample=22050,atrim=0:${piece / 1000},asetpts=PTS-STARTPTS,aformat=channel_layouts=mono[p${n}]`));
    const joined = `${pieces.map((_, n) => `[p${n}]`).join('')}concat=n=${pieces.length}:v=0:a=1`;
    const name = join(folder, `${pieces.length}-${Math.random()}.mp3`);
    execFileSync('ffmpeg', ['-v', 'error', ...input, '-filter_complex', `${trims.join(';')};${joined}`, '-b:a', '32k', name]);
    return readFileSync(name);
  }

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hearsay-sound-'));
    const demo = await truth();
    cues = demo.cues;
    const long = (from) => cues.findIndex((cue, i) => i >= from && cue.end - cue.start > 2000);
    Object.assign(starts, { one: long(8), two: long(25), third: cues.length - 4 });
    const [one, two] = [cues[starts.one].start, cues[starts.two].start];
    const vtt = readFileSync(demo.sound.replace('.mp3', '.vtt'), 'utf8');
    const files = {
      'talk.mp3': cut(demo.sound, [[0, one], 60_000, [one, two], 60_000, [two]]),
      'shared.mp3': cut(demo.sound, [[0, one], 60_000, [one, two], 60_000, [two]]),
      'late.mp3': cut(demo.sound, [20_000, [0]]),
      'short.mp3': cut(demo.sound, [[0, one], [two]]),
      'own.mp3': readFileSync(demo.sound),
    };
    const chapter = (i) => `  - start: "${new Date(cues[i].start).toISOString().slice(11, 23)}"\n    title: "Line ${i}"\n`;
    files['talk.yaml'] = `chapters:\n${chapter(0)}${chapter(starts.two)}`;
    for (const name of Object.keys(files).filter((each) => each.endsWith('.mp3'))) files[name.replace('.mp3', '.vtt')] = vtt;
    [browser, server] = await Promise.all([startBrowser(), serve(files)]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const awake = (page) => page.waitForFunction(() => document.querySelector('#audio').readyState > 0 && document.querySelector('.picture [data-hue="1"]'));
  async function visit(episode, { signed, ...options } = {}) {
    const opened = await open(browser, signed ? `${server.url}/sign-in?token=${encodeURIComponent(TOKEN)}` : `${server.url}/e/${episode}`, options);
    const { page } = opened;
    if (signed) await page.goto(`${server.url}/e/${episode}`);
    await awake(page);
    return { ...opened, ...tools(page) };
  }
  const frames = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  function tools(page) {
    const at = async (ms) => {
      await page.evaluate((to) => new Promise((done) => {
        const audio = document.querySelector('#audio');
        audio.addEventListener('seeked', done, { once: true });
        audio.currentTime = to / 1000;
      }), ms);
      await frames(page);
    };
    const act = (name) => page.locator(`.resync [data-act=${name}]:visible`).click();
    return {
      at,
      act,
      say: async (way) => {
        await page.locator('.transport .more').click();
        await page.locator(`.sync [data-way=${way}]`).click();
        await page.locator('.resync').waitFor();
      },
      waited: () => page.locator('.resync .words').innerText(),
      bar: () => page.locator('.resync').innerText(),
      /** Seeks through all lines: which are not lit where they are heard. */
      wrong: async (heard) => {
        const found = [];
        for (const [i, cue] of cues.entries()) {
          const ms = heard(cue.start, i);
          if (ms === null) continue;
          await at(ms + IN);
          const lit = await litLine(page);
          if (lit !== i) found.push(`line ${i} at ${ms}: ${lit}`);
        }
        return found;
      },
      dark: async (times) => {
        for (const ms of times) {
          await at(ms);
          assert.equal(await litLine(page), -1, `something is lit at ${ms}`);
        }
      },
    };
  }
  const twice = (ms) => ms + (ms >= cues[starts.one].start ? 60_000 : 0) + (ms >= cues[starts.two].start ? 60_000 : 0);
  const said = (i) => cues[i].words.join(' ');

  /** Two taps for each of two advertisements. */
  async function mend({ at, say, act, waited, page }, told = /for you, on this device/) {
    for (const line of [starts.one, starts.two]) {
      const ends = twice(cues[line].start);
      await at(ends - 60_000 + 500); // the advertisement has begun, and the light goes on
      assert.equal(await litLine(page), line);
      await say('ahead');
      assert.equal(await litLine(page), -1, 'the light stays on while a line is waited for');
      assert.equal(await waited(), said(line));
      await at(ends);
      await act('tap');
      await page.locator('.resync [role=status]', { hasText: told }).waitFor();
      await act('leave');
    }
  }

  test('two taps for each of two advertisements put every line right; it is remembered, for this listener', async () => {
    const opened = await visit('talk');
    const { page, wrong, dark, bar, at, say, act } = opened;
    await page.locator('.misfit').waitFor();
    assert.match(await page.locator('.misfit').innerText(), /sound goes on for about 2 min (5 s )?after the text/);
    await mend(opened);
    assert.equal(await page.locator('.misfit').isVisible(), false, 'what fits now is still said not to');
    assert.deepEqual(await wrong(twice), []);
    const [one, two] = [cues[starts.one].start, cues[starts.two].start + 60_000];
    await dark([one + 20, one + 30_000, one + 59_900, two + 20, two + 30_000, two + 59_900]);
    await page.reload();
    await awake(page);
    assert.deepEqual(await wrong((ms, i) => (i % 7 === 0 ? twice(ms) : null)), []);
    const [shown, first] = await page.locator('.turn:has(> time)').last().evaluate((turn) => [turn.querySelector('time').textContent, Number(turn.querySelector('[data-line]').dataset.line)]);
    assert.equal(shown, clock(twice(cues[first].start)));
    const chapter = page.locator('.chapters [data-start]').last();
    assert.equal(await chapter.locator('time').textContent(), clock(twice(cues[starts.two].start)));
    assert.equal(await page.locator('h2:has-text("Line") time').last().textContent(), clock(twice(cues[starts.two].start)));
    await page.locator('.chapters summary').click();
    await chapter.click();
    await page.waitForFunction((ms) => Math.abs(document.querySelector('#audio').currentTime * 1000 - ms) < 1000, twice(cues[starts.two].start));
    await at(twice(cues[starts.third].start));
    await say('ahead');
    await act('tap');
    assert.match(await bar(), /agree already/);
    await act('leave');
    assert.equal(await litLine(page), starts.third, 'the light has not come back');

    // what a link names is the text, not this listener's sound
    await page.goto(`${server.url}/e/talk?t=${cues[starts.third].start / 1000}`);
    await page.locator('[data-landed]').waitFor();
    assert.equal(await page.locator('[data-landed]').getAttribute('data-line'), String(starts.third));
    await page.waitForFunction((ms) => Math.abs(document.querySelector('#audio').currentTime * 1000 - ms) < 2, twice(cues[starts.third].start));

    const other = await visit('talk');
    await other.at(twice(cues[starts.third].start) + IN);
    assert.notEqual(await litLine(other.page), starts.third, 'another visitor has it');
    await other.close();
    await opened.close();
  });

  test('what a listener copies opens at the same words for everyone', async () => {
    const opened = await visit('talk');
    const { page } = opened;
    await mend(opened);
    await page.locator(`[data-line="${starts.third}"]`).evaluate((line) => getSelection().selectAllChildren(line));
    await page.locator('.quote [data-copy=link]').waitFor();
    await page.evaluate(() => document.addEventListener('copy-text', ({ detail }) => (window.copied = detail.text)));
    await page.locator('.quote [data-copy=link]').click();
    const [from] = new URL(await page.evaluate(() => window.copied)).searchParams.get('t').split(',');
    assert.equal(Number(from) * 1000, cues[starts.third].start);
    await opened.close();
  });

  test('on a phone, with something before the beginning: also before', async () => {
    const { page, at, say, act, wrong, waited, close } = await visit('late', phone);
    assert.equal(await page.locator('.misfit').isVisible(), false, '20 s may be music');
    await at(cues[3].start + 500); // somebody noticed late
    await say('ahead');
    await page.locator('.resync').getByRole('button', { name: 'Line after' }).tap();
    assert.equal(await waited(), said(4));
    await page.locator('[data-line="2"]').tap();
    assert.equal(await waited(), said(2));
    assert.ok(await page.locator('[data-line="2"][data-awaited]').count());
    const button = await page.locator('.resync .tap').boundingBox();
    assert.ok(button.height >= 56 && button.width > 300 && button.y > 332, 'the button is not for a thumb');
    await at(cues[2].start + 20_000);
    await page.locator('.resync .tap').tap();
    await act('earlier');
    assert.deepEqual(await wrong((ms) => ms + 20_000), []);
    await act('undo');
    assert.equal(await page.locator('.resync').isVisible(), false);
    assert.deepEqual(await wrong((ms, i) => (i % 9 === 0 ? ms : null)), []);
    await page.reload();
    await awake(page);
    assert.deepEqual(await wrong((ms, i) => (i % 9 === 0 ? ms : null)), []);
    await close();
  });

  test('something is missing in the sound: the text is behind', async () => {
    const { page, at, wrong, waited, close } = await visit('short');
    const gone = cues[starts.two].start - cues[starts.one].start;
    const heard = (ms) => (ms < cues[starts.one].start ? ms : ms < cues[starts.two].start ? null : ms - gone);
    await page.locator('.misfit').waitFor();
    assert.match(await page.locator('.misfit').innerText(), /text goes on for about (\d+ min )?(\d+ s )?after the sound/);
    await at(heard(cues[starts.two].start) + 500); // the voice is back in the text
    await page.locator('.misfit').getByRole('button', { name: 'Put it right' }).click();
    await page.locator('.resync').waitFor();
    const line = starts.two + 3;
    await page.locator(`[data-line="${line}"]`).click();
    assert.equal(await waited(), said(line));
    await at(heard(cues[line].start));
    await page.keyboard.press('t');
    await page.keyboard.press('Escape');
    assert.deepEqual(await wrong(heard), [], 'lines between the first tap and the second too');
    assert.equal(await page.locator('.misfit').isVisible(), false);
    await close();
  });

  test('a sound of another length is another copy: what was put right is off, and the page says so', async () => {
    const opened = await visit('talk');
    const { page, wrong } = opened;
    await mend(opened);
    await page.evaluate(() => {
      const key = Object.keys(localStorage).find((name) => name.startsWith('hearsay:shift:'));
      const own = JSON.parse(localStorage[key]);
      localStorage[key] = JSON.stringify({ ...own, durationMs: own.durationMs + 2500 });
    });
    await page.reload();
    await awake(page);
    await page.waitForFunction(() => /another length/.test(document.querySelector('.misfit').innerText));
    assert.deepEqual(await wrong((ms, i) => (i === 3 || i === starts.third ? ms : null)), []);
    await page.locator('.misfit').getByRole('button', { name: 'It fits' }).click();
    assert.equal(await page.locator('.misfit').isVisible(), false);
    await page.reload();
    await awake(page);
    await frames(page);
    assert.equal(await page.locator('.misfit').isVisible(), false, 'what was said to fit is asked about again');
    await opened.close();
  });

  test('again, cancel and Space; nothing is said where text and sound fit', async () => {
    const { page, at, say, act, bar, wrong, close } = await visit('own');
    assert.equal(await page.locator('.misfit').isVisible(), false);
    await at(cues[5].start + 100);
    await say('ahead');
    await act('leave');
    assert.equal(await litLine(page), 5, 'the light has not come back');
    await say('ahead');
    await at(cues[5].start + 3000);
    await page.keyboard.press('Space'); // the button has the focus
    assert.match(await bar(), /Right now\?[^]*for you, on this device/);
    await act('again');
    await at(cues[5].start + 2000);
    await act('tap');
    assert.deepEqual(await wrong((ms, i) => (i < 5 ? ms : i % 6 === 0 ? ms + 2000 : null)), []);
    await act('again');
    await act('leave');
    await at(cues[5].start + 2000 + IN);
    assert.equal(await litLine(page), 5, 'cancelling again has taken off what held');
    await page.locator('.transport .more').click();
    await page.locator('.sync').getByRole('button', { name: 'Take that off' }).click();
    await page.keyboard.press('Escape');
    assert.deepEqual(await wrong((ms, i) => (i % 6 === 0 ? ms : null)), []);
    await close();
  });

  test('signed in, it is put right for everyone, and can be undone for everyone', async () => {
    const opened = await visit('shared', { signed: true });
    const { page, at, say, act, bar, wrong } = opened;
    const served = async () => (await (await fetch(`${server.url}/api/episodes/shared/times`)).json()).shift ?? [];
    const { one, two, third } = starts;
    await mend(opened, /Saved: it holds for everyone/);
    assert.deepEqual(await served(), [[cues[one].start, 60_000], [cues[two].start, 120_000]]);
    assert.equal(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('hearsay:shift:') && localStorage[key] !== 'null').length), 0);
    assert.deepEqual(await wrong((ms, i) => (i % 5 === 0 ? twice(ms) : null)), []);

    const other = await visit('shared');
    assert.equal(await other.page.locator('.misfit').isVisible(), false);
    assert.deepEqual(await other.wrong((ms, i) => (i % 3 === 0 ? twice(ms) : null)), []);
    await other.page.goto(`${server.url}/e/shared?t=${twice(cues[third].start) / 1000}`);
    await other.page.locator(`[data-line="${third}"][data-landed]`).waitFor();
    // a visitor whose copy is another one again has their own, and may take it off
    await other.at(twice(cues[third].start) + 100);
    await other.say('ahead');
    await other.at(twice(cues[third].start) + 7000);
    await other.act('tap');
    assert.match(await other.bar(), /for you, on this device/);
    await other.act('leave');
    await other.at(twice(cues[third].start) + 7000 + IN);
    assert.equal(await litLine(other.page), third);
    assert.deepEqual(await other.wrong((ms, i) => (i % 9 === 0 && i < third ? twice(ms) : null)), []);
    await other.page.goto(`${server.url}/e/shared?t=${twice(cues[third].start) / 1000}`);
    await other.page.waitForFunction((ms) => Math.abs(document.querySelector('#audio').currentTime * 1000 - ms) < 2, twice(cues[third].start) + 7000);
    await other.page.locator(`[data-line="${third}"][data-landed]`).waitFor();
    await other.page.locator('.transport .more').click();
    await other.page.locator('.sync').getByRole('button', { name: 'Take that off' }).click();
    await other.page.keyboard.press('Escape');
    await other.at(twice(cues[third].start) + IN);
    assert.equal(await litLine(other.page), third);
    await other.close();

    await at(twice(cues[third].start) + 100);
    await say('ahead');
    await at(twice(cues[third].start) + 3000);
    await act('tap');
    await page.waitForFunction(() => /Saved/.test(document.querySelector('.resync').innerText));
    assert.deepEqual((await served()).length, 3);
    await act('undo');
    for (let tries = 0; (await served()).length !== 2 && tries < 50; tries++) await frames(page);
    assert.deepEqual(await served(), [[cues[one].start, 60_000], [cues[two].start, 120_000]]);

    // what cannot be saved holds here
    await page.route('**/api/episodes/shared', (route) => route.abort());
    await at(twice(cues[third].start) + 100);
    await say('ahead');
    await at(twice(cues[third].start) + 3000);
    await act('tap');
    await page.waitForFunction(() => /on this device, but could not be saved for everyone/.test(document.querySelector('.resync').innerText));
    assert.match(await bar(), /The server did not answer/);
    await page.reload();
    await awake(page);
    await at(twice(cues[third].start) + 3000 + IN);
    assert.equal(await litLine(page), third);
    await opened.close();
  });

  test('nothing that is read moves for what is said about the copy; the focus is never lost', async () => {
    const { page, context, say, close } = await visit('talk', { ...phone, reducedMotion: 'reduce' });
    await context.addInitScript(() => {
      window.shifts = [];
      new PerformanceObserver((list) => {
        for (const { value, sources } of list.getEntries()) window.shifts.push(`${value}: ${sources.map(({ node }) => node?.outerHTML?.slice(0, 60))}`);
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await page.goto(`${server.url}/e/talk`);
    const note = page.locator('.misfit');
    const focused = () => page.evaluate(() => document.activeElement.className || document.activeElement.dataset.act || document.activeElement.tagName);
    await note.waitFor();
    assert.doesNotMatch(await note.innerText(), /link/);
    await note.getByRole('button', { name: 'Put it right' }).focus();
    await page.keyboard.press('Enter');
    await page.locator('.resync').waitFor();
    assert.equal(await note.isVisible(), false);
    await page.keyboard.press('Escape');
    await note.waitFor();
    assert.equal(await focused(), 'begin');
    await note.getByRole('button', { name: 'Not now' }).focus();
    await page.keyboard.press('Enter');
    assert.equal(await note.isVisible(), false);
    assert.equal(await focused(), 'play');
    await say('ahead');
    await page.locator('.resync').getByRole('button', { name: 'Cancel' }).click();
    assert.equal(await focused(), 'more');
    await page.reload();
    await note.getByRole('button', { name: 'It fits' }).focus();
    await page.keyboard.press('Enter');
    assert.equal(await note.isVisible(), false);
    assert.equal(await focused(), 'play');
    await frames(page);
    assert.deepEqual(await page.evaluate(() => window.shifts), []);
    await close();
  });

  test('where a link is opened, the page says that it may lead elsewhere in this copy', async () => {
    const { page, close } = await visit(`talk?t=${cues[starts.third].start / 1000}`, phone);
    await page.locator('[data-landed]').waitFor();
    const note = page.locator('.misfit');
    await note.waitFor();
    assert.match(await note.innerText(), /what a link means may be heard elsewhere in this copy/);
    const [line, over] = [await page.locator('[data-landed]').boundingBox(), await note.boundingBox()];
    assert.ok(over.y + over.height <= 664 && over.y >= line.y + line.height, 'the passage is covered');
    await close();
  });

  for (const colorScheme of ['light', 'dark']) {
    test(`nothing that axe finds fault with, ${colorScheme}`, async () => {
      const { page, at, say, act, close } = await visit('talk', { ...phone, colorScheme, bypassCSP: true });
      await page.addScriptTag({ content: axe });
      const faults = async (part) => (await page.evaluate((selector) => window.axe.run(selector), part)).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)}`);
      await page.locator('.misfit').waitFor();
      assert.deepEqual(await faults('.misfit'), []);
      await page.locator('.transport .more').click();
      await page.locator('.sync button').first().waitFor();
      assert.deepEqual(await faults('.sync'), []);
      await page.keyboard.press('Escape');
      await at(cues[starts.one].start + 500);
      await say('ahead');
      assert.deepEqual(await faults('.resync'), []);
      await at(cues[starts.one].start + 60_000);
      await act('tap');
      assert.deepEqual(await faults('.resync'), []);
      const small = await page.locator('.resync button:visible').evaluateAll((buttons) => buttons.filter((button) => button.offsetHeight < 44).length);
      assert.equal(small, 0);
      await close();
    });
  }
});
