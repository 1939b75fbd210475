// The pages as pages: without scripts, for everybody, safe, in every state.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { TOKEN, open, ready, serve, startBrowser, truth } from './house.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function violations(page) {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations: found } = await window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary}`).join('\n')}`);
  });
}

const hostile = '<img src=x onerror=alert(1)>"\'</script><script>alert(2)</script>';
const vtt = (name) => `WEBVTT

00:00.000 --> 00:02.000
<v ${name}>First & last: ${hostile.replaceAll('<', '&lt;')}

00:02.000 --> 00:04.000
<v Two>javascript:alert(3) ]]> {{.Title}} \${7*7} \u202Eend
`;

describe('the pages', () => {
  let server, browser, demo;
  before(async () => {
    [server, browser, demo] = await Promise.all([serve(), startBrowser(), truth()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  for (const colorScheme of ['light', 'dark']) {
    test(`axe finds nothing, ${colorScheme}`, async () => {
      const { page, context, close } = await open(browser, `${server.url}/e/${demo.id}?t=10,16`, { colorScheme, bypassCSP: true }); // axe itself styles inline
      await ready(page);
      await page.locator('.find input').fill('the');
      await page.waitForTimeout(300);
      assert.deepEqual(await violations(page), []);
      await page.goto(`${server.url}/?q=${encodeURIComponent(demo.cues[3].words.slice(0, 4).join(' '))}`);
      assert.ok(await page.locator('.hits a').count());
      assert.deepEqual(await violations(page), []);
      await context.request.put(`${server.url}/api/session`, { data: { token: TOKEN } });
      await page.goto(server.url);
      await page.locator('.add summary').click();
      assert.deepEqual(await violations(page), []);
      await page.goto(`${server.url}/e/nothing-here`);
      assert.deepEqual(await violations(page), []);
      await close();
    });
  }

  test('without scripts it reads, plays by the browser and searches', async () => {
    const { page, close } = await open(browser, `${server.url}/e/${demo.id}`, { javaScriptEnabled: false });
    assert.ok(await page.locator('[data-line="0"]').isVisible());
    assert.equal((await page.locator('[data-line="0"]').textContent()).trim(), demo.cues[0].words.join(' '));
    assert.ok(await page.locator('#audio').isVisible());
    assert.ok(await page.locator('.play').isHidden());
    await page.goto(server.url);
    await page.locator('.ask input').fill(demo.cues[5].words.join(' '));
    await page.keyboard.press('Enter');
    await page.locator('.hits mark').first().waitFor();
    await page.locator('.hits a').first().click();
    await page.waitForURL(`**/e/${demo.id}**`);
    await close();
  });

  test('it prints the whole text and no controls', async () => {
    const { page, close } = await open(browser, `${server.url}/e/${demo.id}`);
    await page.emulateMedia({ media: 'print' });
    assert.ok(await page.locator('.transport').isHidden());
    assert.ok(await page.locator('.turn cite').first().isVisible());
    const height = await page.locator(`[data-line="${demo.cues.length - 1}"]`).evaluate((line) => line.getBoundingClientRect().height);
    assert.ok(height > 5);
    await close();
  });

  test('no line is covered by the bars, nothing moves when the script wakes', async () => {
    for (const viewport of [{ width: 1280, height: 800 }, { width: 390, height: 844 }]) {
      const { page, close } = await open(browser, server.url, { viewport });
      await page.addInitScript(() => {
        window.shift = 0;
        new PerformanceObserver((list) => list.getEntries().forEach((entry) => (window.shift += entry.value))).observe({ type: 'layout-shift', buffered: true });
      });
      await page.goto(`${server.url}/e/${demo.id}`);
      await ready(page);
      await page.waitForTimeout(300);
      assert.ok(await page.evaluate(() => window.shift) < 0.002);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0);
      const small = await page.evaluate(() => Array.from(document.querySelectorAll('button, select, .home, input'), (each) => [each.className, each.getBoundingClientRect()])
        .filter(([, box]) => box.height && innerWidth < 500 && (box.height < 44 || box.width < 36)).map(([name]) => name));
      assert.deepEqual(small, []);
      await close();
    }
  });

  test('a search as one types: found, walked by arrows, opened at the line', async () => {
    const { page, close } = await open(browser, server.url);
    const cue = demo.cues.findIndex(({ words }, index) => index > 8 && words.length > 6);
    await page.locator('.ask input').click();
    const typed = demo.cues[cue].words.slice(0, 5).join(' ').replace(/[.,?!]/g, '');
    await page.keyboard.type(typed);
    const answered = (query) => page.waitForFunction((wanted) => { // all of it: earlier answers may still be shown
      const marks = document.querySelectorAll('.hits > :first-child mark');
      return Array.from(marks, (mark) => mark.textContent).join(' ').replace(/[^\w ]/g, '') === wanted;
    }, query);
    await answered(typed);
    await page.keyboard.press('ArrowDown');
    assert.equal(await page.evaluate(() => document.activeElement.closest('.hits') !== null), true);
    await page.keyboard.press('ArrowUp');
    assert.equal(await page.evaluate(() => document.activeElement.type), 'search');
    await page.keyboard.press('ArrowDown');

    /** An answer that comes when somebody is on a hit already. */
    const late = async (query) => {
      await page.locator('.hits a').first().evaluate((hit) => (hit.className = 'old'));
      await page.locator('.ask input').evaluate((field, words) => {
        field.value = words;
        field.dispatchEvent(new Event('input', { bubbles: true }));
      }, query);
      await page.waitForFunction(() => !document.querySelector('.hits .old'));
      return page.evaluate(() => document.activeElement.closest('.hits a')?.pathname ?? document.activeElement.type);
    };
    const words = demo.cues[cue].words.slice(0, 6).join(' ');
    assert.equal(await late(words), `/e/${demo.id}`, 'the hit is still held');
    assert.equal(await late('nothing of that kind'), 'search', 'it is gone: back to where one types');
    await page.locator('.ask input').fill(words);
    await page.locator('.hits mark').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/e\//);
    await ready(page);
    await page.waitForFunction(() => CSS.highlights.get('landed')?.size);
    const landed = await page.evaluate(() => Number(Array.from(CSS.highlights.get('landed'))[0].startContainer.parentElement.closest('[data-line]').dataset.line));
    assert.equal(landed, cue);
    assert.ok(await page.locator(`[data-line="${cue}"]`).isVisible());
    await page.goBack();
    assert.ok(await page.locator('.hits mark').first().isVisible(), 'the search is still there');
    await page.locator('.ask input').fill('qqxzv wvutz');
    await page.waitForFunction(() => document.querySelector('.hits').hidden);
    assert.match(await page.locator('.sum').textContent(), /\w+ \w+/);
    await close();
  });

  test('guesses look like guesses and are never announced', async () => {
    const { episodes } = await (await fetch(`${server.url}/api/episodes`)).json();
    let shown = false;
    for (const { id } of episodes) {
      const { segments } = await (await fetch(`${server.url}/api/episodes/${id}/transcript`)).json();
      const guess = segments.find(({ timing, plusMinusMs, startMs }) => timing === 'estimated' && plusMinusMs <= 30_000 && startMs > 0);
      if (!guess) continue;
      shown = true;
      const { page, close } = await open(browser, `${server.url}/e/${id}`);
      await page.waitForFunction(() => document.querySelector('#audio').readyState > 0);
      await page.waitForTimeout(300);
      assert.match(await page.locator('.turn time').allTextContents().then((all) => all.join()), /≈/);
      const times = await page.evaluate(() => fetch(document.body.dataset.times).then((answer) => answer.json()));
      let start = 0;
      const lines = times.start.map((delta, i) => ({ start: (start += delta ?? 0), known: delta !== null, guess: (times.plusMinus?.[i] ?? 0) > 0 }));
      for (const { start: at } of lines.filter(({ known }) => known)) {
        await page.evaluate((ms) => (document.querySelector('#audio').currentTime = ms / 1000), at + 300);
        const marked = await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done([
          ...Array.from(document.querySelectorAll('[aria-current="true"][data-line]'), (line) => ['lit', Number(line.dataset.line)]),
          ...Array.from(document.querySelectorAll('[data-maybe]'), (line) => ['maybe', Number(line.dataset.line)]),
        ])))));
        for (const [kind, line] of marked) if (kind === 'lit') assert.ok(!lines[line].guess, `line ${line} is a guess and lit`);
        assert.ok(marked.filter(([kind]) => kind === 'maybe').length <= 6);
      }
      const guessed = lines.findIndex((line) => line.guess);
      await page.locator(`[data-line="${guessed}"]`).hover();
      assert.match(await page.locator('.hint').textContent(), /≈ \d\d:\d\d:\d\d/);
      await close();
    }
    assert.ok(shown, 'no demo has a guess to show');
  });

  test('signing in, and an upload that goes wrong keeps what was typed', async () => {
    const { page, close } = await open(browser, server.url);
    await page.locator('.sign-in input').fill('wrong');
    await page.locator('.sign-in button').click();
    await page.waitForFunction(() => document.querySelector('.sign-in .outcome').textContent.length > 10);
    assert.equal(await page.locator('.sign-in input').inputValue(), 'wrong');
    await page.locator('.sign-in input').fill(TOKEN);
    await page.locator('.sign-in button').click();
    await page.locator('.add summary').click();
    await page.locator('[name=title]').fill('The talk');
    await page.locator('textarea').fill('no turns and no times at all');
    await page.locator('.upload [type=submit]').click();
    await page.waitForFunction(() => document.querySelector('.upload .outcome.notice')?.textContent.length > 20);
    assert.equal(await page.locator('textarea').inputValue(), 'no turns and no times at all');
    assert.equal(await page.locator('[name=title]').inputValue(), 'The talk');
    await page.locator('textarea').fill('WEBVTT\n\n00:01.000 --> 00:03.000\n<v Ida>It was uploaded.\n\n00:03.000 --> 00:05.000\n<v Ben>And read.\n');
    await page.locator('.upload [type=submit]').click();
    await page.locator('.upload .outcome a').click();
    assert.match(await page.locator('h1').textContent(), /The talk/);
    assert.match(await page.locator('[data-line="0"]').textContent(), /It was uploaded/);
    await close();
  });
});

describe('nothing on the shelf can run script', () => {
  let server, browser;
  before(async () => {
    [server, browser] = await Promise.all([
      serve({ 'Show <i>x/talk <b>1.vtt': vtt(`Ann<img src=x onerror=alert(4)>`), 'Show <i>x/talk <b>1.yaml': `title: '${hostile.replaceAll("'", "''")}'\n`, '<svg onload=alert(5)>.vtt': 'not a transcript' }, { refused: 1 }),
      startBrowser(),
    ]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  test('on any page', async () => {
    const { episodes } = await (await fetch(`${server.url}/api/episodes`)).json();
    const { page, close } = await open(browser, server.url);
    let ran = false;
    page.on('dialog', (dialog) => {
      ran = true;
      dialog.dismiss();
    });
    for (const address of ['/?q=first', '/?q=%3Cscript%3Ealert(6)%3C/script%3E', ...episodes.map(({ id }) => `/e/${encodeURIComponent(id)}?t=1,3#l1`)]) {
      await page.goto(server.url + address);
      await page.waitForTimeout(400);
      assert.equal(await page.locator('img[src="x"], svg[onload], main script').count(), 0);
    }
    await page.goto(server.url);
    await page.locator('.ask input').pressSequentially('first last');
    await page.waitForTimeout(500);
    assert.match(await page.locator('.hits').textContent(), /<img src=x/);
    assert.equal(await page.locator('.hits img').count(), 0);
    assert.equal(ran, false);
    await close();
  });
});
