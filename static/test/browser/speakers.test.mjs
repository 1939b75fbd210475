// Speakers on the page: from turn to turn, hearing only some, the lanes of the
// seek bar, and names that are changed where they stand.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { TOKEN, litLine, now, open, play, ready, seek, serve, startBrowser, truth } from './house.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const names = ['Ann', 'Ben', 'Cleo'];
const speakerOf = (i) => names[Math.floor(i / 2) % 3]; // two lines each
const two = (n, width = 2) => String(n).padStart(width, '0');
const stamp = (ms) => `${two(Math.floor(ms / 3_600_000))}:${two(Math.floor(ms / 60_000) % 60)}:${two(Math.floor(ms / 1000) % 60)}.${two(ms % 1000, 3)}`;

describe('speakers', () => {
  let browser, cues, sound, server;
  const vtt = (voice) => `WEBVTT\n\n${cues.map(({ start, end, words }, i) => `${stamp(start)} --> ${stamp(end)}\n${voice(i)}${words.join(' ')}`).join('\n\n')}\n`;
  const talk = () => ({ 'talk.mp3': sound, 'talk.vtt': vtt((i) => `<v ${speakerOf(i)}>`) });
  before(async () => {
    [browser, { cues, sound }] = await Promise.all([startBrowser(), truth()]);
    sound = readFileSync(sound);
    server = await serve({ ...talk(), 'nobody.mp3': sound, 'nobody.vtt': vtt(() => ''), 'crowd.mp3': sound, 'crowd.vtt': vtt((i) => `<v Voice ${i % 8}>`) });
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  async function reading(id = 'talk', query = '', options = {}) {
    const opened = await open(browser, `${server.url}/e/${id}${query}`, options);
    await opened.page.waitForFunction(() => document.querySelector('#audio').readyState > 0 && document.querySelector('.picture [data-hue]'));
    return opened;
  }
  async function openPanel(page) {
    await page.locator('.transport .more').click();
    await page.locator('.panel .speakers > *').first().waitFor();
  }
  const press = (page, name) => page.getByRole('button', { name, exact: true }).click();
  const at = (page, ms) => page.waitForFunction((to) => Math.abs(document.querySelector('#audio').currentTime * 1000 - to) < 5, ms);
  const turn = (n) => cues[2 * n].start; // where the n-th begins

  test('n and p go from turn to turn, but in a field they are letters', async () => {
    const { page, close } = await reading();
    await seek(page, cues[1].start);
    await page.keyboard.press('n');
    await at(page, turn(1));
    await page.keyboard.press('n');
    await at(page, turn(2));
    await page.keyboard.press('p');
    await at(page, turn(1));
    await seek(page, turn(2) + 2500);
    await page.keyboard.press('p');
    await at(page, turn(2));
    assert.equal(await litLine(page), 4);
    await page.locator('.find input').focus();
    await page.keyboard.press('n');
    await at(page, turn(2));
    await close();
  });

  test('only one is heard, the page says so, and the next visit knows nothing of it', async () => {
    const { page, close } = await reading();
    await openPanel(page);
    await press(page, 'Only Ben');
    assert.equal(await page.locator('.only').textContent(), 'Only Ben');
    assert.deepEqual(await page.locator('.speakers [aria-pressed=true]').evaluateAll((all) => all.map((each) => each.ariaLabel)), ['Skip Ann', 'Only Ben', 'Skip Cleo']);
    await seek(page, cues[3].end - 400);
    await play(page);
    await page.waitForFunction((to) => document.querySelector('#audio').currentTime * 1000 >= to, turn(4));
    assert.ok(await now(page) < turn(4) + 2000, 'it went on to his next line');
    await page.waitForFunction(() => document.querySelector('[aria-current=true]')?.dataset.line === '8');
    await page.keyboard.press('Escape');
    await page.evaluate(() => document.querySelector('#audio').pause());
    await page.locator('h1').click();
    await seek(page, turn(4) + 500);
    await page.keyboard.press('p');
    await at(page, turn(1));
    await page.keyboard.press('n');
    await at(page, turn(4));
    await page.locator('.only').click();
    assert.ok(await page.locator('.only').isHidden());
    await seek(page, cues[3].end - 300);
    await play(page);
    await page.waitForFunction(() => document.querySelector('[aria-current=true]')?.dataset.line === '4');
    await openPanel(page);
    await press(page, 'Skip Cleo');
    assert.equal(await page.locator('.only').textContent(), 'Without Cleo');
    await page.reload();
    await ready(page);
    assert.ok(await page.locator('.only').isHidden());
    await close();
  });

  test('a long name leaves its sign on one row with the others, and is told whole', async () => {
    const long = 'Professor Wilhelmina Featherstonehaugh-Cholmondeley of the Lighthouse Institute';
    const house = await serve({ 'long.mp3': sound, 'long.vtt': vtt((i) => `<v ${i % 2 ? 'Ben' : long}>`) });
    for (const viewport of [{ width: 390, height: 844 }, { width: 1280, height: 800 }]) {
      const { page, close } = await open(browser, `${house.url}/e/long`, { viewport });
      await ready(page);
      await openPanel(page);
      await press(page, `Only ${long}`);
      await page.keyboard.press('Escape');
      await page.keyboard.press('l');
      await page.locator('.again').waitFor();
      const [only, again, cross, drive] = await Promise.all(['.only', '.again', '.only svg', '.drive'].map((each) => page.locator(each).boundingBox()));
      assert.deepEqual([only.y, only.height], [again.y, again.height]);
      assert.ok(cross.width === 16 && cross.x + cross.width < only.x + only.width && only.x + only.width < again.x, 'the cross is not at the end of its sign');
      assert.ok(only.x >= 0 && again.x + again.width <= (viewport.width > 1000 ? drive.x : viewport.width));
      assert.ok(Math.abs(drive.x + drive.width / 2 - viewport.width / 2) <= 2, 'play has left the middle');
      await page.getByRole('button', { name: `Only ${long}: press to hear everyone again` }).press('Enter');
      assert.ok(await page.locator('.only').isHidden());
      assert.ok(await page.locator('.play').evaluate((button) => button === document.activeElement), 'the focus is lost');
      await close();
    }
    await house.stop();
  });

  test('a line that is passed over is heard by who taps it', async () => {
    const { page, close } = await reading();
    await openPanel(page);
    await press(page, 'Skip Ben');
    await page.keyboard.press('Escape');
    await page.locator('[data-line="2"]').click();
    await page.waitForFunction((from) => document.querySelector('#audio').currentTime * 1000 > from, cues[2].start + 400);
    assert.ok(await now(page) < cues[4].start, 'it went elsewhere');
    assert.equal(await page.locator('.only').textContent(), 'Without Ben');
    await close();
  });

  test('a linked passage plays to its end, less who is not heard', async () => {
    const end = cues[6].start + 700;
    const { page, close } = await reading('talk', `?t=${(cues[1].end - 500) / 1000},${end / 1000}`);
    await openPanel(page);
    await press(page, 'Only Ann');
    await page.evaluate(() => {
      window.lit = new Set();
      new MutationObserver((all) => all.forEach(({ target }) => target.ariaCurrent && window.lit.add(Number(target.dataset.line))))
        .observe(document.querySelector('[data-transcript]'), { attributeFilter: ['aria-current'], subtree: true });
    });
    await play(page);
    await page.waitForFunction(() => document.querySelector('#audio').paused, null, { timeout: 8000 });
    assert.ok(Math.abs(await now(page) - end) < 300, `it ended at ${await now(page)}`);
    const others = await page.evaluate(() => Array.from(window.lit).filter((line) => line >= 3 && line <= 5));
    assert.deepEqual(others, []);
    await close();
  });

  test('where nobody knows who speaks there is nothing to choose', async () => {
    const { page, close } = await reading('nobody');
    await page.locator('.transport .more').click();
    await page.waitForTimeout(500);
    assert.equal(await page.locator('.panel .speakers > *').count(), 0);
    assert.equal(await page.locator('.picture [data-hue]').count(), 1);
    await close();
  });

  test('where most times are guesses nobody can be passed over, nor is any length told', async (t) => {
    const lines = (timed) => cues.map(({ start, words }, i) => `${timed(i) ? `[${stamp(start).slice(0, 8)}] ` : ''}${speakerOf(i)}: ${words.join(' ')}`).join('\n\n');
    const house = await serve({ 'talk.mp3': sound, 'talk.txt': lines((i) => i % 3 === 0), 'most.mp3': sound, 'most.txt': lines((i) => i % 3) });
    t.after(() => house.stop());
    const { page, close } = await open(browser, `${house.url}/e/talk`);
    await ready(page);
    await openPanel(page);
    assert.equal(await page.locator('.speakers li').count(), 3);
    assert.equal(await page.locator('.speakers [data-act]').count(), 0);
    assert.equal((await page.locator('.speakers small').allTextContents()).join(''), '');
    assert.ok(await page.locator('.partly').isHidden());
    await page.goto(`${house.url}/e/most`);
    await ready(page);
    await openPanel(page);
    assert.equal(await page.locator('.speakers [data-act=only]').count(), 3);
    assert.ok(await page.locator('.partly').isVisible());
    await close();
  });

  test('the seek bar has a lane for each speaker, six at most, told apart without colours', async () => {
    const { page, close } = await reading('crowd', '', { forcedColors: 'active' });
    await ready(page);
    const paths = await page.locator('.picture [data-hue]').evaluateAll((all) => all.map((path) => ({ top: path.getBBox().y, fill: getComputedStyle(path).fill, bars: path.getAttribute('d').split('M').length - 1 })));
    assert.equal(paths.length, 8);
    assert.equal(new Set(paths.map(({ top }) => top)).size, 6);
    assert.equal(new Set(paths.map(({ fill }) => fill)).size, 1, 'forced colours leave one');
    assert.equal(paths.reduce((sum, { bars }) => sum + bars, 0) > 8, true);
    await page.locator('.find input').fill(cues[4].words.slice(0, 4).join(' '));
    await page.waitForFunction(() => /M\d/.test(document.querySelector('.picture .found').getAttribute('d')));
    await close();
  });

  test('the panel has no fault that a checker finds, light and dark', async () => {
    for (const colorScheme of ['light', 'dark']) {
      const { page, close } = await reading('crowd', '', { colorScheme, bypassCSP: true });
      await openPanel(page);
      await press(page, 'Only Voice 3');
      await page.addScriptTag({ content: axe });
      const { violations } = await page.evaluate(() => window.axe.run({ include: ['.panel', '.only'] }));
      assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes[0].html]), []);
      await close();
    }
  });

  test('who may not change names is not offered it', async () => {
    const { page, close } = await reading();
    await openPanel(page);
    assert.equal(await page.getByRole('button', { name: /Rename/ }).count(), 0);
    assert.equal(await page.locator('.byline').count(), 0);
    await close();
  });

  describe('names', () => {
    let house;
    async function signedIn(t, options) {
      house = await serve(talk());
      t.after(() => house.stop());
      const opened = await open(browser, `${house.url}/sign-in?token=${encodeURIComponent(TOKEN)}`, options);
      await visit(opened.page);
      return opened;
    }
    async function visit(page, query = '') {
      await page.goto(`${house.url}/e/talk${query}`);
      await ready(page);
    }
    const cites = (page) => page.locator('.turn cite').allTextContents();
    const told = async (format = '') => (await fetch(`${house.url}/api/episodes/talk/transcript${format}`)).text();
    async function rename(page, from, to) {
      await press(page, `Rename ${from}`);
      await page.locator('.speakers li input').fill(to);
      await page.keyboard.press('Enter');
    }
    const settled = (page) => page.waitForFunction(() => !document.querySelector('.speakers [name=name]') && !document.querySelector('.speakers [aria-busy=true]'));
    const mark = (page) => page.evaluate(() => (window.held = Array.from(document.querySelectorAll('[data-line]'))));
    const same = (page) => page.evaluate(() => {
      const lines = Array.from(document.querySelectorAll('[data-line]'));
      return lines.length === window.held.length && lines.every((line, i) => line === window.held[i] && line.dataset.line === String(i));
    });

    test('a new name stands everywhere at once, and after a reload', async (t) => {
      const { page, close } = await signedIn(t);
      const before = await cites(page);
      await openPanel(page);
      await rename(page, 'Ben', '  Ben   Okafor ');
      await settled(page);
      const wanted = before.map((name) => (name === 'Ben' ? 'Ben Okafor' : name));
      assert.deepEqual(await cites(page), wanted);
      assert.equal(await page.evaluate(() => document.activeElement.ariaLabel), 'Rename Ben Okafor');
      await seek(page, cues[2].start + 1000);
      await page.waitForFunction(() => document.querySelector('.seek input').getAttribute('aria-valuetext').endsWith('Ben Okafor'));
      assert.match(await told('.vtt'), /<v Ben Okafor>/);
      await visit(page);
      assert.deepEqual(await cites(page), wanted);
      await close();
    });

    test('with a name that another has, two become one, in that one\'s colour', async (t) => {
      const { page, close } = await signedIn(t);
      const hue = await page.locator('.turn', { hasText: 'Ann' }).first().getAttribute('data-hue');
      await openPanel(page);
      await press(page, 'Skip Ben');
      await press(page, 'Rename Ben');
      await page.locator('.speakers li input').fill('Ann');
      assert.match(await page.locator('.speakers li [role=status]').textContent(), /two become one/);
      await page.keyboard.press('Enter');
      await settled(page);
      assert.equal(await page.locator('.speakers li').count(), 2);
      assert.ok(await page.locator('.only').isHidden(), 'nobody of that name is passed over');
      const shape = () => page.locator('.turn').evaluateAll((all) => all.map((turn) => [turn.dataset.hue, turn.classList.contains('on'), turn.querySelector('cite')?.textContent ?? '', turn.querySelector('[data-line]').dataset.line]));
      const here = await shape();
      assert.deepEqual(here[0], [hue, false, 'Ann', '0']);
      await visit(page);
      assert.deepEqual(here, await shape(), 'as the server lays it out');
      assert.deepEqual([...new Set(await cites(page))].sort(), ['Ann', 'Cleo']);
      await close();
    });

    test('one line is somebody else\'s: its turn is parted, its element stays', async (t) => {
      const { page, close } = await signedIn(t);
      await visit(page, `?t=${cues[3].start / 1000},${cues[3].end / 1000}`);
      await mark(page);
      const text = await page.locator('[data-transcript] p').allTextContents();
      await openPanel(page);
      assert.equal(await page.locator('.byline q').textContent(), cues[3].words.join(' '));
      await page.locator('.byline select').selectOption('Somebody else…');
      await page.locator('.byline input').fill('Dora');
      await page.keyboard.press('Enter');
      await page.waitForFunction(() => document.querySelector('.byline [role=status]').textContent === 'Saved');
      assert.ok(await same(page), 'lines were made anew');
      const all = (await page.locator('[data-transcript] p').allTextContents()).join(' ').replace(/\s+/g, ' ');
      assert.equal(all, text.join(' ').replace(/\s+/g, ' '));
      const said = () => page.evaluate(() => [1, 2, 3, 4].map((line) => document.querySelector(`[data-line="${line}"]`).closest('.turn')).map((turn) => turn.querySelector('cite')?.textContent ?? 'goes on'));
      assert.deepEqual(await said(), ['Ann', 'Ben', 'Dora', 'Cleo']);
      const landed = await page.evaluate(() => String(Array.from(CSS.highlights.get('landed'))[0]));
      assert.equal(landed, cues[3].words.join(' '), 'the mark of the link stays');
      assert.deepEqual(await page.locator('.speakers b').allTextContents(), ['Ann', 'Ben', 'Cleo', 'Dora']);
      const painted = await page.locator('[data-line="3"]').evaluate((line) => line.closest('.turn').querySelector('time').textContent);
      assert.equal(painted, stamp(cues[3].start).slice(0, 8));
      await seek(page, cues[3].start + 100);
      await page.waitForFunction(() => document.querySelector('[data-line="3"]').ariaCurrent === 'true');

      await visit(page);
      assert.deepEqual(await said(), ['Ann', 'Ben', 'Dora', 'Cleo']);
      await page.locator('[data-line="0"]').focus();
      for (let down = 0; down < 3; down++) await page.keyboard.press('ArrowDown');
      await openPanel(page);
      await page.locator('.byline select').selectOption('Ben');
      await page.locator('.byline').getByRole('button', { name: 'Save' }).click();
      await page.waitForFunction(() => document.querySelector('.byline [role=status]').textContent === 'Saved');
      assert.deepEqual(await said(), ['Ann', 'Ben', 'Ben', 'Cleo']);
      await close();
    });

    const shape = (page) => page.locator('.turn').evaluateAll((all) => all.map((turn) => [turn.dataset.hue, turn.querySelector('cite')?.textContent, turn.querySelector('time').textContent, ...Array.from(turn.querySelectorAll('[data-line]'), (line) => line.dataset.line)].join(' ')));
    const bylineSays = (page, words) => page.waitForFunction((wanted) => document.querySelector('.byline [role=status]').textContent === wanted, words);
    async function give(page, line, to) {
      await visit(page, `?t=${cues[line].start / 1000},${cues[line].end / 1000}`);
      await openPanel(page);
      await page.locator('.byline select').selectOption(to);
      await page.locator('.byline').getByRole('button', { name: 'Save' }).click();
      await bylineSays(page, 'Saved');
    }

    test('a line given to whoever speaks next joins their turn, and undone beside "Saved" it is as before', async (t) => {
      const { page, close } = await signedIn(t);
      const before = await shape(page);
      await give(page, 3, 'Cleo');
      const given = await shape(page);
      assert.equal(given[2].split(' ').slice(3).join(), '3,4,5', 'no bare time stands between');
      await page.locator('.byline .undo').click();
      await bylineSays(page, 'Undone');
      assert.ok(await page.locator('.byline .undo').isHidden());
      assert.deepEqual(await shape(page), before);
      await visit(page);
      assert.deepEqual(await shape(page), before);
      await give(page, 3, 'Cleo');
      await visit(page);
      assert.deepEqual(await shape(page), given, 'as the server lays it out');
      await close();
    });

    test('a name is taken back beside "Saved", but not what came after it', async (t) => {
      const { page, context, close } = await signedIn(t);
      const before = await shape(page);
      await openPanel(page);
      await rename(page, 'Ben', 'Ann');
      await settled(page);
      assert.equal(await page.locator('.speakers > .told [role=status]').textContent(), 'Saved');
      await page.locator('.speakers > .told .undo').click();
      await page.waitForFunction(() => document.querySelector('.speakers > .told [role=status]').textContent === 'Undone');
      assert.deepEqual(await shape(page), before);
      await rename(page, 'Ben', 'Hans');
      await settled(page);
      const { segments } = await (await context.request.get(`${house.url}/api/episodes/talk/changes`)).json();
      await context.request.patch(`${house.url}/api/episodes/talk/segments/${segments[9]}`, { data: { startMs: cues[9].start + 10 } });
      await page.locator('.speakers > .told .undo').click();
      await page.waitForFunction(() => /changed since/.test(document.querySelector('.speakers > .told [role=status]').textContent));
      assert.ok((await cites(page)).includes('Hans'));
      await close();
    });

    test('what is undone while lines are timed stands on the page, and is told', async (t) => {
      const { page, context, close } = await signedIn(t);
      const before = await shape(page);
      const at = `${house.url}/api/episodes/talk`;
      await context.request.patch(at, { data: { speakers: { s2: 'Hans' } } });
      await visit(page);
      assert.ok((await cites(page)).includes('Hans'));
      await page.locator('.time-this').click();
      await page.locator('.timing .now').waitFor();
      await page.keyboard.press('z');
      await page.waitForFunction(() => document.querySelector('.timing [role=status]').textContent === 'Undone: Ben → Hans');
      assert.deepEqual(await shape(page), before);
      await page.keyboard.press('Shift+Z');
      await page.waitForFunction(() => document.querySelector('.timing [role=status]').textContent === 'Done again: Ben → Hans');
      assert.ok((await cites(page)).includes('Hans'));
      await close();
    });

    test('a name that another has changed meanwhile is shown before it is changed again', async (t) => {
      const { page, context, close } = await signedIn(t);
      await openPanel(page);
      await press(page, 'Rename Ben');
      await context.request.patch(`${house.url}/api/episodes/talk`, { data: { speakers: { s2: 'Jean' } } });
      await page.locator('.speakers li input').fill('Hans');
      await page.keyboard.press('Enter');
      await page.waitForFunction(() => /meanwhile/.test(document.querySelector('.speakers li [role=status]').textContent));
      assert.match(await told(), /"Jean"/);
      assert.ok((await cites(page)).includes('Jean'));
      assert.equal(await page.locator('.speakers li input').inputValue(), 'Hans');
      assert.equal(await page.evaluate(() => document.activeElement.name), 'name');
      await page.keyboard.press('Enter');
      await settled(page);
      assert.ok((await cites(page)).includes('Hans'));
      await close();
    });

    test('the line that is meant is marked while somebody chooses, with its time', async (t) => {
      const { page, close } = await signedIn(t);
      await visit(page, `?t=${cues[3].start / 1000},${cues[3].end / 1000}`);
      await openPanel(page);
      assert.equal(await page.locator('.byline time').textContent(), stamp(cues[3].start).slice(0, 8));
      assert.equal(await page.locator('[data-meant]').count(), 0);
      await page.locator('.byline select').focus();
      assert.deepEqual(await page.locator('[data-meant]').evaluateAll((all) => all.map((line) => line.dataset.line)), ['3']);
      await page.locator('.byline select').selectOption('Somebody else…');
      const [field, save] = await Promise.all([page.locator('.byline input').boundingBox(), page.locator('.byline').getByRole('button', { name: 'Save' }).boundingBox()]);
      assert.ok(save.y < field.y + field.height && save.y + save.height > field.y, 'the name and "Save" stand in one row');
      await page.locator('h1').click();
      assert.equal(await page.locator('[data-meant]').count(), 0);
      await close();
    });

    test('the selected line is the one that is meant', async (t) => {
      const { page, close } = await signedIn(t);
      await page.locator('[data-line="1"]').evaluate((line) => getSelection().setBaseAndExtent(line.firstChild, 3, line.firstChild, 9));
      await openPanel(page);
      assert.equal(await page.locator('.byline q').textContent(), cues[1].words.join(' '));
      await close();
    });

    test('what the server does not take is said where it was typed, and stays', async (t) => {
      const { page, close } = await signedIn(t);
      await openPanel(page);
      await rename(page, 'Ben', '   ');
      assert.equal(await page.locator('.speakers li [role=status]').textContent(), 'Type a name first.');
      await house.halt();
      await page.locator('.speakers li input').fill('Benedikt');
      await page.keyboard.press('Enter');
      await page.waitForFunction(() => /did not answer/.test(document.querySelector('.speakers li [role=status]').textContent));
      assert.equal(await page.locator('.speakers li input').inputValue(), 'Benedikt');
      assert.ok((await cites(page)).includes('Ben'), 'nothing is shown that is not so');
      await house.start();
      await page.locator('.speakers li').getByRole('button', { name: 'Save' }).click();
      await settled(page);
      assert.ok((await cites(page)).includes('Benedikt'));
      await close();
    });

    test('whose sign-in has ended is told so', async (t) => {
      const { page, context, close } = await signedIn(t);
      await openPanel(page);
      await context.clearCookies();
      await rename(page, 'Ben', 'Benedikt');
      await page.waitForFunction(() => document.querySelector('.speakers li [role=status]').textContent.length > 10);
      assert.match(await page.locator('.speakers li [role=status]').textContent(), /[Ss]ign/);
      await close();
    });
  });
});
