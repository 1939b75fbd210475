// Timing a text by ear: every tap is saved once, whatever happens, and lands
// where the voice is.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { TOKEN, litLine, open, serve, startBrowser, truth, until } from './house.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const phone = { hasTouch: true, isMobile: true, viewport: { width: 390, height: 664 } };

describe('timing by ear', () => {
  let browser, cues, sound;
  before(async () => {
    [browser, { cues, sound }] = await Promise.all([startBrowser(), truth()]);
    sound = readFileSync(sound);
  });
  after(() => browser?.close());

  const said = (i) => cues[i].words.join(' ');
  /** The demo's lines with nobody's times: two lines of Ida, two of Ben, and so on. */
  const textOf = (lines) => lines.map((line, i) => `${i % 4 < 2 ? 'Ida' : 'Ben'}: ${line}`).join('\n\n');
  const everything = () => textOf(cues.map((_, i) => said(i)));

  async function signedIn(t, options) {
    const server = await serve({ 'talk.mp3': sound, 'talk.txt': everything() });
    t.after(() => server.stop());
    const opened = await open(browser, `${server.url}/sign-in?token=${encodeURIComponent(TOKEN)}`, options);
    const { page } = opened;
    const enter = async () => {
      await page.goto(`${server.url}/e/talk`);
      await page.waitForFunction(() => document.querySelector('#audio').readyState > 0);
      await page.locator('.time-this').click();
      await page.locator('.timing .now').waitFor();
    };
    await enter();
    const segments = async () => (await (await fetch(`${server.url}/api/episodes/talk/transcript`)).json()).segments;
    return {
      ...opened,
      server,
      enter,
      segments,
      changes: async () => (await opened.context.request.get(`${server.url}/api/episodes/talk/changes`)).json(),
      /** Moves the sound; while it stands still, a tap is where it stands. */
      at: (ms) => page.evaluate((to) => new Promise((done) => {
        const audio = document.querySelector('#audio');
        audio.addEventListener('seeked', done, { once: true });
        audio.currentTime = to / 1000;
      }), ms),
      next: () => page.evaluate(() => Number(document.querySelector('[data-next]')?.dataset.line ?? -1)),
      line: (i) => page.locator(`[data-line="${i}"]`),
      status: (words) => page.waitForFunction((wanted) => document.querySelector('.timing [role=status]').textContent.includes(wanted), words),
      /** Waits until the server says so itself, and the page has its answers. */
      starts: async (wanted) => {
        let found;
        await until(async () => {
          found = Object.fromEntries((await segments()).flatMap(({ timing, startMs }, i) => (timing === 'exact' ? [[i, startMs]] : [])));
          return JSON.stringify(found) === JSON.stringify(wanted);
        }).catch(() => {});
        assert.deepEqual(found, wanted);
        await page.waitForFunction(() => !JSON.parse(localStorage.getItem('hearsay:outbox:talk:'))?.length);
      },
    };
  }

  test('who has not signed in sees none of it; who has loads it only when asking', async (t) => {
    const server = await serve({ 'talk.mp3': sound, 'talk.txt': everything() });
    t.after(() => server.stop());
    const { page, close } = await open(browser, `${server.url}/e/talk`);
    await page.waitForLoadState('networkidle');
    const asked = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname.split('/js/')[1]));
    await page.reload({ waitUntil: 'networkidle' });
    assert.equal(await page.locator('.time-this, .timing').count(), 0);
    const plain = asked.splice(0).filter(Boolean).sort();
    await page.goto(`${server.url}/sign-in?token=${encodeURIComponent(TOKEN)}`);
    asked.length = 0;
    await page.goto(`${server.url}/e/talk`, { waitUntil: 'networkidle' });
    assert.deepEqual(asked.filter(Boolean).sort(), plain);
    await page.locator('.time-this').click();
    await page.locator('.timing .now').waitFor();
    assert.ok(asked.includes('pages/timing.js'));
    await close();
  });

  test('a tap by key, pointer, button key or assistive technology counts once and is saved', async (t) => {
    const { page, close, at, starts, next, line, status } = await signedIn(t);
    const button = page.locator('.timing .now');
    assert.ok(await button.evaluate((each) => each === document.activeElement));
    await at(600);
    await page.keyboard.down('t');
    await page.keyboard.down('t'); // held
    await page.keyboard.up('t');
    await starts({ 0: 600 });
    await at(5018);
    const box = await button.boundingBox();
    await page.mouse.move(box.x + 40, box.y + 20);
    await page.mouse.down();
    await starts({ 0: 600, 1: 5018 }); // already on the way down
    await page.mouse.up();
    await at(7219);
    await page.keyboard.press('Space');
    await at(8643);
    await page.keyboard.press('Enter');
    await at(11794);
    await button.evaluate((each) => each.click());
    await starts({ 0: 600, 1: 5018, 2: 7219, 3: 8643, 4: 11794 });
    await status('00:00:11, saved');
    assert.equal(await next(), 5);
    assert.deepEqual(await line(4).evaluate(({ dataset }) => [dataset.time, dataset.kind, 'set' in dataset]), ['00:00:11', 'exact', true]);
    assert.match(await line(5).getAttribute('data-time'), /^≈ 00:00:\d\d ± \d+ s$/);
    for (let i = 0; i < 3; i++) await page.keyboard.press('.');
    await page.keyboard.press(',');
    await starts({ 0: 600, 1: 5018, 2: 7219, 3: 8643, 4: 11894 });
    await page.locator('.find input').fill('t');
    await page.locator('.find input').press('t');
    await page.keyboard.press('Control+z');
    await page.locator('[name=reaction]').fill('350');
    await page.keyboard.press('Tab');
    await page.reload();
    await starts({ 0: 600, 1: 5018, 2: 7219, 3: 8643, 4: 11894 });
    await page.locator('.time-this').click();
    await page.locator('.timing .now').waitFor();
    assert.equal(await page.locator('[name=reaction]').inputValue(), '350');
    await close();
  });

  test('before anything was heard a tap says so and is not saved', async (t) => {
    const { page, close, at, changes, status, starts } = await signedIn(t);
    for (const key of ['t', 'ArrowDown', 'm']) await page.keyboard.press(key);
    await status('First play the sound');
    await at(600);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('t');
    await starts({ 0: 600 });
    await page.keyboard.press('t');
    await status('stands still');
    await page.locator('[name=reaction]').press('Escape');
    await page.keyboard.press('z'); // no longer in the field
    await starts({});
    assert.deepEqual((await changes()).set, []);
    await close();
  });

  test('before somebody else’s player was heard a tap is not saved either', async (t) => {
    const server = await serve({ 'talk.txt': everything(), 'talk.yaml': 'audio: https://soundcloud.com/somebody/talk\n' });
    t.after(() => server.stop());
    const { page, close } = await open(browser, `${server.url}/sign-in?token=${encodeURIComponent(TOKEN)}`);
    await page.goto(`${server.url}/e/talk?t=131`);
    await page.locator('.time-this').click();
    await page.locator('.timing .now').click();
    await page.waitForFunction(() => /First play/.test(document.querySelector('.timing [role=status]').textContent));
    assert.equal(await page.evaluate(() => localStorage.getItem('hearsay:outbox:talk:')), null);
    await close();
  });

  test('after undoing, the line is right at once, or nothing is timed until it is known', async (t) => {
    const { page, close, at, starts, next, status, line } = await signedIn(t);
    for (const i of [0, 1]) {
      await at(cues[i].start);
      await page.keyboard.press('t');
    }
    await starts({ 0: cues[0].start, 1: cues[1].start });
    let gate;
    let go;
    const hold = () => (gate = new Promise((done) => (go = done)));
    hold();
    // Once for all: of a route that was just taken away and put back, the browser may not know yet.
    await page.route(/segments|undo/, (route) => gate.then(() => route.continue()));
    await at(cues[2].start);
    await page.keyboard.press('t');
    assert.equal(await next(), 3);
    await page.keyboard.press('z'); // it has not arrived yet
    assert.equal(await next(), 2);
    await at(cues[2].start + 100);
    await page.keyboard.press('t');
    go();
    await starts({ 0: cues[0].start, 1: cues[1].start, 2: cues[2].start + 100 });
    assert.equal(await next(), 3);

    hold();
    await page.keyboard.press('z');
    for (const key of ['t', 'n', '.', 'm']) {
      await page.keyboard.press(key);
      await status('One moment');
    }
    go();
    await page.locator('[data-line="2"][data-next]').waitFor();
    await at(cues[2].start);
    await page.keyboard.press('t');
    await starts({ 0: cues[0].start, 1: cues[1].start, 2: cues[2].start });

    hold();
    await page.keyboard.press('z');
    await line(5).click(); // who chooses a line need not wait
    await at(cues[5].start);
    await page.keyboard.press('t');
    go();
    await starts({ 0: cues[0].start, 1: cues[1].start, 5: cues[5].start });
    assert.equal(await next(), 6);
    await close();
  });

  test('who leaves is told what waits, and the page keeps up', async (t) => {
    const { page, server, close, at, starts, status } = await signedIn(t);
    const head = page.locator('.turn > time').first();
    await at(2000);
    await page.keyboard.press('t');
    await starts({ 0: 2000 });
    await server.halt();
    await page.keyboard.press('z');
    await status('Undoing waits');
    await page.keyboard.press('Escape');
    const trouble = (words) => page.waitForFunction((wanted) => wanted.test(document.querySelector('.trouble').textContent), words);
    await trouble(/^Undoing waits/);
    assert.equal(await head.textContent(), '00:00:02');
    await server.start();
    await starts({});
    await trouble(/^$/);
    assert.match(await head.textContent(), /^≈/);
    await close();
  });

  test('what another tab has changed shows as soon as somebody comes back', async (t) => {
    const { page, context, server, close, line, changes } = await signedIn(t);
    const [segment] = (await changes()).segments;
    const answer = await context.request.patch(`${server.url}/api/episodes/talk/segments/${segment}`, { data: { startMs: 1234, nonce: 'another tab' } });
    assert.ok(answer.ok());
    assert.equal(await line(0).getAttribute('data-kind'), 'guess');
    await page.evaluate(() => dispatchEvent(new Event('focus')));
    await page.locator('[data-line="0"][data-kind="exact"]').waitFor();
    await close();
  });

  test('a finger taps; the ± beside it shrinks at once; leaving brings the page back', async (t) => {
    const { page, close, at, starts, line, next } = await signedIn(t, phone);
    const plusMinus = async () => Number(/± (\d+)/.exec(await line(1).getAttribute('data-time'))[1]);
    const vague = await plusMinus();
    await at(600);
    await page.locator('.now').tap();
    await starts({ 0: 600 });
    await line(0).tap();
    assert.equal(await next(), 0);
    await line(2).tap();
    await at(7219);
    await page.locator('.now').tap();
    await starts({ 0: 600, 2: 7219 });
    await page.waitForFunction(() => document.querySelector('.turn:nth-child(2) > time').textContent === '00:00:07');
    assert.ok(await plusMinus() < vague, 'between two known lines it is better known');
    assert.ok(await page.locator('[data-act=back]').isHidden(), 'what is rare takes room');
    await page.locator('.tools .more').tap();
    assert.ok(await page.locator('[data-act=back]').isVisible());
    const small = await page.evaluate(() => Array.from(document.querySelectorAll('.timing button, .timing input'), (each) => [each.className || each.dataset.act, each.getBoundingClientRect()])
      .filter(([, box]) => box.height && (box.height < 44 || box.width < 36)).map(([name]) => name));
    assert.deepEqual(small, []);
    assert.ok((await page.locator('.now').boundingBox()).height >= 72);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0);
    await page.locator('.done').tap();
    assert.ok(await page.locator('.timing').isHidden());
    assert.equal(await page.locator('[data-time], [data-next], [data-rows], [data-kind]').count(), 0);
    assert.equal(await page.locator('.turn > time').nth(1).textContent(), '00:00:07');
    assert.ok(await page.locator('.time-this').evaluate((each) => each === document.activeElement));
    await close();
  });

  test('undo and redo go on after a reload', async (t) => {
    const { page, close, at, starts, next, enter, status } = await signedIn(t);
    for (const i of [0, 1, 2]) {
      await at(cues[i].start);
      await page.keyboard.press('t');
    }
    await starts({ 0: cues[0].start, 1: cues[1].start, 2: cues[2].start });
    await enter();
    await page.keyboard.press('z');
    await page.keyboard.press('z');
    await starts({ 0: cues[0].start });
    await page.locator('[data-line="1"][data-next]').waitFor();
    await status('Undone');
    await enter();
    await page.keyboard.press('Shift+Z');
    await starts({ 0: cues[0].start, 1: cues[1].start });
    await page.keyboard.press('z');
    await page.keyboard.press('z');
    await starts({});
    await page.keyboard.press('z');
    await status('nothing to undo');
    await close();
  });

  test('lines are skipped, not spoken, or followed by what is not in the text', async (t) => {
    const { page, close, at, starts, next, line, changes } = await signedIn(t);
    await page.keyboard.press('m');
    assert.match(await page.locator('.timing [role=status]').textContent(), /nothing that could end/);
    for (const i of [0, 1]) {
      await at(cues[i].start);
      await page.keyboard.press('t');
    }
    await at(6500);
    await page.keyboard.press('m');
    await page.waitForFunction(() => document.querySelector('.said').textContent.includes('Not in the text since 00:00:06'));
    await at(20_000);
    await page.keyboard.press('t');
    await starts({ 0: cues[0].start, 1: cues[1].start, 2: 20_000 });
    for (const [ms, lit] of [[5500, 1], [7000, undefined], [13_000, undefined], [19_900, undefined], [20_100, 2]]) {
      await at(ms);
      await page.waitForFunction((wanted) => {
        const [first] = document.querySelectorAll('[data-line][aria-current="true"], [data-maybe], [data-about]');
        return first?.dataset.line === (wanted === undefined ? undefined : String(wanted));
      }, lit);
    }
    await page.keyboard.press('s');
    assert.equal(await next(), 4);
    await page.keyboard.press('n');
    assert.equal(await next(), 5);
    await until(async () => (await changes()).unspoken.length === 1);
    assert.deepEqual((await changes()).unspoken, [4]);
    assert.deepEqual((await changes()).ends, [1]);
    await page.waitForFunction(() => document.querySelector('[data-line="4"]').dataset.time === 'not spoken');
    assert.equal(await line(3).getAttribute('data-kind'), 'guess');
    await page.keyboard.press('ArrowUp');
    assert.equal(await next(), 4);
    await page.keyboard.press('n'); // it is, after all
    await until(async () => (await changes()).unspoken.length === 0);
    assert.equal(await next(), 4);
    await close();
  });

  test('any line can be tapped in any order, and a click on one does not play', async (t) => {
    const { page, close, at, starts, next, line } = await signedIn(t);
    await line(20).click();
    assert.equal(await next(), 20);
    await at(cues[20].start);
    await page.keyboard.press('t');
    await line(8).click();
    await line(8).focus();
    for (const key of ['ArrowUp', 'ArrowUp', 'ArrowUp', 'Enter']) await page.keyboard.press(key);
    assert.equal(await next(), 5);
    await at(cues[5].start);
    await page.keyboard.press('t');
    await starts({ 5: cues[5].start, 20: cues[20].start });
    assert.equal(await next(), 6);
    assert.ok(await page.evaluate(() => document.querySelector('#audio').paused));
    await line(20).click();
    await page.keyboard.press('h');
    await page.waitForFunction(() => !document.querySelector('#audio').paused);
    const heard = await page.evaluate(() => document.querySelector('#audio').currentTime * 1000);
    assert.ok(heard >= cues[20].start - 2100 && heard < cues[20].start + 3000, `it plays from ${heard}`);
    await close();
  });

  test('a contradiction is asked, survives a reload, and both answers are taken', async (t) => {
    const { page, close, at, starts, line, enter, segments } = await signedIn(t);
    await line(3).click();
    await at(cues[3].start);
    await page.keyboard.press('t');
    const asking = page.locator('.asking');
    const contradict = async () => {
      await line(6).click();
      await at(4000);
      await page.keyboard.press('t');
      await asking.waitFor();
      assert.match(await asking.textContent(), /Which is right/);
    };
    await contradict();
    await at(cues[9].start);
    await line(9).click();
    await page.keyboard.press('t'); // tapping goes on meanwhile
    await starts({ 3: cues[3].start, 9: cues[9].start });
    await enter();
    await asking.waitFor();
    await asking.getByText('Keep the others').click();
    assert.ok(await asking.isHidden());
    await starts({ 3: cues[3].start, 9: cues[9].start });
    await contradict();
    await asking.getByText('Believe this tap').click();
    await starts({ 6: 4000, 9: cues[9].start });
    assert.equal((await segments())[3].timing, 'estimated');
    await enter();
    assert.ok(await asking.isHidden());
    await close();
  });

  test('a refused tap is not moved as if it were known, and undoing it leaves older ones alone', async (t) => {
    const { page, close, at, starts, line, next, status } = await signedIn(t);
    for (const [i, ms] of [[0, 1000], [6, 12_000]]) {
      await line(i).click();
      await at(ms);
      await page.keyboard.press('t');
    }
    await starts({ 0: 1000, 6: 12_000 });
    await at(20_000);
    await line(3).click();
    await page.keyboard.press('t');
    await page.locator('.asking').getByText('Keep the others').click();
    await page.keyboard.press('.');
    await status('Only a start that is known');
    assert.equal(await page.locator('.said time').textContent(), '', 'a guess is shown as a fact');

    let send;
    const held = new Promise((done) => (send = done));
    await page.route('**/segments/**', async (route) => {
      await held;
      await route.continue();
    });
    await line(3).click();
    await page.keyboard.press('t');
    await page.keyboard.press('z');
    send();
    await status('Undone');
    await page.waitForFunction(() => localStorage.getItem('hearsay:outbox:talk:') === '[]');
    await starts({ 0: 1000, 6: 12_000 });
    assert.ok(await page.locator('.asking').isHidden(), 'it was taken back: nothing is to be decided');
    assert.equal(await next(), 3);
    await close();
  });

  test('a tap from an earlier visit that is refused says so, in the mode and out of it', async (t) => {
    const { page, close, at, server, line, status } = await signedIn(t);
    await page.route('**/segments/**', (route) => route.abort());
    await line(1).click();
    await at(cues[1].start);
    await page.keyboard.press('t');
    await status('1 tap waits');
    const changed = cues.map((_, i) => said(i));
    changed[1] = changed[1].replace(/\w+/, 'Which');
    await server.put('talk.txt', textOf(changed));
    await until(async () => (await (await fetch(`${server.url}/api/episodes/talk/transcript`)).text()).includes(changed[1]));
    await page.unroute('**/segments/**');
    await page.reload();
    await page.waitForFunction(() => /was not saved.*not in the text any more/.test(document.querySelector('.trouble').textContent));
    await page.locator('.time-this').click();
    await status('not in the text any more');
    await close();
  });

  test('while the server is away taps wait; nothing is lost or doubled', async (t) => {
    const { page, context, server, close, at, starts, changes, status } = await signedIn(t);
    const tapAll = async (...lines) => {
      for (const i of lines) {
        await at(cues[i].start);
        await page.keyboard.press('t');
      }
    };
    const upTo = (n) => Object.fromEntries(Array.from({ length: n }, (_, i) => [i, cues[i].start]));
    await tapAll(0);
    await starts(upTo(1));
    await server.halt();
    await tapAll(1, 2, 3);
    await status('3 taps wait for the server');
    assert.equal(await page.locator('[data-line="3"]').getAttribute('data-time'), '00:00:08');
    await server.start();
    await starts(upTo(4));
    await status('saved');

    let lost = 0; // answers that do not arrive, though the server has done what was wished
    let way = async (route) => {
      if (lost++) return route.continue();
      await route.fetch();
      await route.abort();
    };
    await page.route('**/segments/**', (route) => way(route));
    await tapAll(4, 5);
    await starts(upTo(6));
    assert.ok(lost >= 3, 'nothing was sent again');

    way = (route) => route.abort();
    await tapAll(6, 7);
    await status('2 taps wait');
    await page.unroute('**/segments/**');
    await page.reload(); // they go out though nobody asks to time anything
    await starts(upTo(8));

    await page.locator('.time-this').click();
    await context.clearCookies();
    await tapAll(8);
    await status('sign-in has ended');
    await context.request.put(`${server.url}/api/session`, { data: { token: TOKEN } });
    await page.evaluate(() => dispatchEvent(new Event('focus')));
    await starts(upTo(9));
    let undone = 0;
    while ((await changes()).undo && undone < 20) {
      assert.ok((await context.request.post(`${server.url}/api/episodes/talk/undo`, { data: { nonce: `again ${undone++}` } })).ok());
    }
    assert.equal(undone, 9);
    await close();
  });

  test('taps of a human hand land near the truth', async (t) => {
    const { page, close, segments } = await signedIn(t);
    const jitter = [0, 110, -120, 60, -45, 120, -90, 30]; // ms around 200
    const overshoot = await page.evaluate(async ([starts, delays]) => {
      const audio = document.querySelector('#audio');
      const past = [];
      for (const [i, start] of starts.entries()) {
        const target = start + 200 + delays[i];
        await new Promise((done) => {
          audio.addEventListener('seeked', done, { once: true });
          audio.currentTime = Math.max(0, start - 300) / 1000;
        });
        await audio.play();
        await new Promise((done) => {
          const look = () => (audio.currentTime * 1000 >= target ? done() : setTimeout(look, 1));
          look();
        });
        past.push(audio.currentTime * 1000 - target); // this machine's lateness, not the hand's
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 't', code: 'KeyT', bubbles: true, cancelable: true }));
        audio.pause();
      }
      return past;
    }, [jitter.map((_, i) => cues[i].start), jitter]);
    await until(async () => (await segments()).filter(({ timing }) => timing === 'exact').length === jitter.length);
    (await segments()).slice(0, jitter.length).forEach(({ startMs }, i) => {
      const off = startMs - overshoot[i] - cues[i].start;
      assert.ok(Math.abs(off) <= 150, `line ${i} is ${off} ms off`);
    });
    await until(async () => await litLine(page) === jitter.length - 1);
    await close();
  });

  test('a text that changes meanwhile is told, and its lost starts are offered', async (t) => {
    const { page, close, at, starts, server, status, next } = await signedIn(t);
    for (const i of [0, 1]) {
      await at(cues[i].start);
      await page.keyboard.press('t');
    }
    await starts({ 0: cues[0].start, 1: cues[1].start });
    const changed = cues.map((_, i) => said(i));
    changed[1] = changed[1].replace(/\w+/, 'Which');
    const text = () => fetch(`${server.url}/api/episodes/talk/transcript`).then((answer) => answer.text());
    await server.put('talk.txt', textOf(changed));
    await until(async () => (await text()).includes(changed[1]));
    await at(cues[2].start);
    await page.keyboard.press('t');
    const asking = page.locator('.asking');
    await asking.waitFor();
    await asking.getByRole('button', { name: 'Reload' }).click();
    await page.locator('.time-this').click();
    await asking.waitFor();
    assert.ok((await asking.textContent()).includes(`“${said(1)}” 00:00:05. Is it this line now? “${changed[1]}”`));
    await asking.getByText('Later').click();
    assert.ok(await asking.isHidden());
    await page.keyboard.press('Escape');
    await page.reload();
    await page.locator('.time-this').click();
    await asking.getByText('Yes, this line').click();
    await starts({ 0: cues[0].start, 1: cues[1].start, 2: cues[2].start });
    await status('saved');
    assert.ok(await asking.isHidden());
    assert.ok(await next() > 0);
    await page.keyboard.press('z');
    await asking.waitFor(); // undone, it is open again
    await asking.getByText('No, forget it').click();
    assert.ok(await asking.isHidden());
    await status('Saved');
    await page.keyboard.press('z');
    await asking.waitFor();
    await close();
  });

  test('entering shows the line to come; leaving keeps what is in the middle of the window', async (t) => {
    const { page, close, line, at, starts } = await signedIn(t);
    await line(30).click();
    await at(cues[30].start);
    await page.keyboard.press('t');
    await starts({ 30: cues[30].start });
    await page.keyboard.press('Escape');
    await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
    await page.locator('.time-this').click();
    await line(31).and(page.locator('[data-next]')).waitFor();
    await page.waitForFunction(() => {
      const { top, bottom } = document.querySelector('[data-next]').getBoundingClientRect();
      return top >= document.querySelector('.top').offsetHeight && bottom + 50 <= document.querySelector('.timing').getBoundingClientRect().top;
    });
    await page.waitForTimeout(300);
    const middle = await page.evaluate(() => [0.5, 0.45].map((share) => document.elementFromPoint(innerWidth / 2, innerHeight * share).closest('[data-line]')).find(Boolean).dataset.line);
    const place = () => line(middle).evaluate((each) => each.getBoundingClientRect().top);
    const before = await place();
    await page.keyboard.press('Escape');
    await page.locator('.timing').waitFor({ state: 'hidden' });
    await page.waitForTimeout(300);
    assert.ok(Math.abs(await place() - before) <= 2, `it went from ${before} to ${await place()}`);
    await close();
  });

  test('the next line stays in view above the panel, tap by tap', async (t) => {
    const { page, close, at, next } = await signedIn(t, phone);
    for (let i = 0; i < 9; i++) {
      await at(cues[i].start);
      await page.locator('.now').tap();
    }
    assert.equal(await next(), 9);
    await page.waitForFunction(() => {
      const box = document.querySelector('[data-next]').getBoundingClientRect();
      return box.top >= 0 && box.bottom <= document.querySelector('.timing').getBoundingClientRect().top;
    });
    await close();
  });

  for (const colorScheme of ['light', 'dark']) {
    test(`axe finds nothing in it, ${colorScheme}`, async (t) => {
      const { page, close, at, line } = await signedIn(t, { colorScheme, bypassCSP: true }); // axe itself styles inline
      await line(3).click();
      await at(9000);
      await page.keyboard.press('t');
      await line(5).click();
      await page.keyboard.press('n');
      await at(4000);
      await page.keyboard.press('t');
      await page.locator('.asking').waitFor();
      await page.evaluate(axe);
      const found = await page.evaluate(async () => {
        const { violations } = await window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
        return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary}`).join('\n')}`);
      });
      assert.deepEqual(found, []);
      await close();
    });
  }
});
