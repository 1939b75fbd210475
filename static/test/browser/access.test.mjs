// For everybody: by keyboard, by screen reader, in large, in few colours, from
// the right, and in a browser that cannot paint a range.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { open, play, ready, seek, serve, startBrowser, truth, until } from './house.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const clock = (ms) => new Date(ms).toISOString().slice(11, 23);
/** A text of two voices, three seconds a line, the first going on into the second; a silence after the third. */
function vtt(names, lines) {
  const times = [[0, 4000], [3000, 6000], [6000, 9000], [12_000, 15_000], [15_000, 18_000], [18_000, 21_000]];
  return `WEBVTT\n\n${lines.map((line, n) => `${times[n].map(clock).join(' --> ')}\n<v ${names[n % 2]}>${line}\n`).join('\n')}`;
}
const shelf = {
  'plain.en': vtt(['Ann', 'Ben'], ['And then the lamp went out,', 'No, it was the wind.', 'So you say.', 'I was there that night.', 'So was the wind.', 'Let us ask the keeper.']),
  'arabic.ar': vtt(['سلمى', 'يوسف'], ['كان المنارة مضاءة كل ليلة حتى وصل المركب الأخير إلى الميناء في ذلك الشتاء الطويل.', 'ومن كان يوقد المصباح؟', 'جدي، ثم أبي من بعده.', 'ثم جاءت الكهرباء.', 'نعم، وذهب الحارس.', 'وبقي البحر كما هو.']),
  'hebrew.he': vtt(['נועה', 'דוד'], ['המגדלור דלק בכל לילה עד שהסירה האחרונה הגיעה אל הנמל בחורף הארוך ההוא.', 'ומי הדליק את המנורה?', 'סבא שלי, ואחריו אבא.', 'ואז הגיע החשמל.', 'כן, והשומר הלך.', 'והים נשאר כמו שהיה.']),
  'chinese.zh': vtt(['林海', '陈静'], ['那年冬天很长，灯塔每天夜里都亮着，直到最后一条船回到港口，人们才放心地睡下。', '是谁点的灯？', '是我祖父，后来是我父亲。', '后来通了电。', '是啊，守塔的人就走了。', '海还是那片海。']),
};

describe('for everybody', () => {
  let server, browser;
  before(async () => {
    const demo = await truth();
    const sound = readFileSync(demo.sound);
    const files = { 'words.mp3': sound, 'words.vtt': readFileSync(demo.sound.replace('.mp3', '.vtt')) };
    for (const [name, text] of Object.entries(shelf)) {
      files[`${name}.vtt`] = text;
      files[`${name.split('.')[0]}.mp3`] = sound;
    }
    [server, browser] = await Promise.all([serve(files), startBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  async function reading(name = 'plain', options = {}) {
    const opened = await open(browser, `${server.url}/e/${name}`, options);
    opened.page.setDefaultTimeout(8000);
    await ready(opened.page);
    return opened;
  }
  const lit = (page, n) => page.waitForFunction((index) => document.querySelector(`[data-line="${index}"][aria-current="true"]`), n);
  const focused = (page) => page.evaluate(() => document.activeElement.dataset.line ?? document.activeElement.dataset.to ?? document.activeElement.className);

  // — the light

  test('two voices at once: both are lit, the last to begin leads; in a silence the light wanes', async () => {
    const { page, close } = await reading();
    const shown = () => page.evaluate(() => Object.fromEntries(['aria-current', 'data-also', 'data-said'].map((name) => [name, Array.from(document.querySelectorAll(`[data-line][${name}]`), (line) => Number(line.dataset.line))])));
    await seek(page, 3500);
    await lit(page, 1);
    assert.deepEqual(await shown(), { 'aria-current': [1], 'data-also': [0], 'data-said': [] });
    assert.equal(await page.locator('[data-rule="known"]').count(), 2);
    await seek(page, 5000);
    await page.waitForFunction(() => !document.querySelector('[data-also]'));
    assert.deepEqual(await shown(), { 'aria-current': [1], 'data-also': [], 'data-said': [] });
    await seek(page, 8900);
    await lit(page, 2);
    await play(page);
    await page.waitForFunction(() => document.querySelector('[data-said]'));
    assert.deepEqual(await shown(), { 'aria-current': [], 'data-also': [], 'data-said': [2] });
    const wash = () => page.locator('[data-line="2"]').evaluate((line) => getComputedStyle(line).backgroundColor);
    assert.notEqual(await wash(), 'rgba(0, 0, 0, 0)', 'it does not go at once');
    await page.locator('[data-line="2"]').evaluate((line) => Promise.all(line.getAnimations().map(({ finished }) => finished)));
    assert.equal(await wash(), 'rgba(0, 0, 0, 0)', 'and then it is gone');
    await page.evaluate(() => document.querySelector('#audio').pause());
    await seek(page, 12_500);
    await lit(page, 3);
    await seek(page, 10_000);
    await page.waitForFunction(() => !document.querySelector('[aria-current="true"][data-line]'));
    assert.deepEqual((await shown())['data-said'], [], 'a jump into a silence leaves no light behind');
    await close();
  });

  test('with reduced motion nothing lingers', async () => {
    const { page, close } = await reading('plain', { reducedMotion: 'reduce' });
    await seek(page, 8800);
    await lit(page, 2);
    await play(page);
    await page.waitForFunction(() => document.querySelector('[data-said]'));
    const style = await page.locator('[data-said]').evaluate((line) => [getComputedStyle(line).backgroundColor, line.getAnimations().length]);
    assert.deepEqual(style, ['rgba(0, 0, 0, 0)', 0]);
    await close();
  });

  // — by keyboard

  test('the first two stops of the tabulator lead to the text and to the voice', async () => {
    const { page, close } = await reading();
    await seek(page, 12_500);
    await lit(page, 3);
    await page.keyboard.press('Tab');
    assert.equal(await focused(page), 'text');
    const box = await page.locator('[data-to="text"]').boundingBox();
    assert.ok(box.y >= 0 && box.height >= 40, 'the link can be seen while it has the focus');
    await page.keyboard.press('Tab');
    assert.equal(await focused(page), 'voice');
    await page.keyboard.press('Enter');
    assert.equal(await focused(page), '3');
    await page.keyboard.press('Home');
    assert.equal(await focused(page), '0');
    await page.keyboard.press('End');
    assert.equal(await focused(page), '5');
    await page.keyboard.press('ArrowUp');
    assert.equal(await focused(page), '4');
    await page.keyboard.press('Enter');
    await lit(page, 4);
    await page.keyboard.press('Tab');
    assert.ok(!/^\d/.test(await focused(page)), 'the text is one stop');
    await close();
  });

  test('the voice can be told on request, and only then', async () => {
    const { page, close } = await reading();
    const said = () => page.locator('.aloud').textContent();
    await seek(page, 3500);
    await lit(page, 1);
    assert.equal(await said(), '');
    await page.keyboard.press('i');
    await page.waitForFunction(() => document.querySelector('.aloud').textContent);
    assert.equal(await said(), 'Ben, 00:00:03, No, it was the wind.');
    await seek(page, 10_000);
    await page.waitForFunction(() => !document.querySelector('[aria-current="true"][data-line]'));
    assert.equal(await said(), 'Ben, 00:00:03, No, it was the wind.');
    await page.keyboard.press('i');
    await page.waitForFunction(() => /So you say/.test(document.querySelector('.aloud').textContent));
    assert.equal(await page.locator('.aloud').getAttribute('aria-live'), 'polite');
    await close();
  });

  test('a key goes to the find field, Escape comes back', async () => {
    const { page, close } = await reading();
    await page.locator('[data-line="0"]').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('/');
    await page.keyboard.type('wind');
    assert.equal(await page.inputValue('.find input'), 'wind');
    await page.waitForFunction(() => document.querySelector('[data-search-count]').textContent === '2 lines, at 1');
    await page.keyboard.press('Escape');
    assert.equal(await focused(page), '1');
    assert.equal(await page.inputValue('.find input'), '');
    await close();
  });

  test('the find field is left at once, its script there or not', async () => {
    const { page, close } = await reading();
    let arrive;
    const held = new Promise((resolve) => { arrive = resolve; });
    await page.route('**/parts/find.js', async (route) => {
      await held;
      await route.continue();
    });
    await page.keyboard.press('/');
    await page.keyboard.type('wind');
    await page.keyboard.press('Escape');
    assert.equal(await page.inputValue('.find input'), '');
    assert.equal(await page.evaluate(() => document.activeElement.type), 'search', 'from nowhere the first Escape empties it, no more');
    await page.keyboard.press('Escape');
    assert.equal(await page.evaluate(() => document.activeElement === document.body), true);
    await page.keyboard.press('/');
    await page.keyboard.type('wind');
    arrive();
    await page.waitForFunction(() => document.querySelector('[data-search-count]').textContent === '2 lines, at 1');
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => document.querySelector('[data-search-count]').textContent === '');
    await close();
  });

  test('the help names every key there is; letters can be switched off, for good', async () => {
    const { page, close } = await reading();
    await page.keyboard.press('?');
    await page.locator('.help kbd').first().waitFor();
    await page.waitForFunction(() => document.activeElement.matches('.help summary'));
    const keys = await page.locator('.help kbd').allTextContents();
    for (const key of ['Space', '←', '→', 'P', 'N', '<', '>', 'L', 'E', 'D', 'V', 'I', '/', '?', '↑', '↓', 'Home', 'End', 'Enter']) assert.ok(keys.includes(key), `${key} is not in the help`);
    await page.getByRole('button', { name: 'Say what is being spoken' }).click();
    await page.waitForFunction(() => document.querySelector('.aloud').textContent);
    await page.getByRole('switch', { name: 'Letters are keys' }).uncheck();
    await page.keyboard.press('Escape');
    await page.reload();
    await ready(page);
    await page.keyboard.press('?');
    await page.keyboard.press('/');
    assert.equal(await page.locator('.panel').isHidden(), true);
    assert.equal(await focused(page), '');
    await page.keyboard.press(' ');
    await page.waitForFunction(() => !document.querySelector('#audio').paused);
    await page.locator('.transport .more').click();
    await page.getByRole('switch', { name: 'Letters are keys' }).check();
    await page.keyboard.press('Escape');
    await page.keyboard.press('/');
    assert.equal(await page.evaluate(() => document.activeElement.type), 'search', 'also from a button');
    await close();
  });

  test('letters are keys wherever nothing is typed', async () => {
    const { page, close } = await reading();
    const speed = (rate) => page.waitForFunction((value) => document.querySelector('#audio').playbackRate === value, rate);
    for (const place of ['.rate select', '.seek input', '.transport .play']) {
      await page.locator(place).focus();
      await page.keyboard.press('>');
      await speed(1.1);
      await page.keyboard.press('<');
      await speed(1);
      await page.keyboard.press('?');
      await page.waitForFunction(() => document.activeElement.matches('.help summary'));
      await page.getByRole('switch', { name: 'Letters are keys' }).focus();
      await page.keyboard.press('>');
      await speed(1.1);
      await page.keyboard.press('<');
      await speed(1);
      await page.keyboard.press('Escape');
    }
    await page.locator('.find input').focus();
    await page.keyboard.press('>');
    assert.equal(await page.inputValue('.find input'), '>');
    assert.equal(await page.evaluate(() => document.querySelector('#audio').playbackRate), 1);
    await close();
  });

  test('at a touch: the keys are folded away, and the links below the text are large', async () => {
    const { page, close } = await reading('plain', { hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });
    const small = await page.locator('.colophon a').evaluateAll((all) => all.map((link) => link.getBoundingClientRect().height).filter((height) => height < 44));
    assert.deepEqual(small, []);
    await page.locator('.transport .more').tap();
    await page.locator('.help summary').waitFor();
    assert.equal(await page.locator('.help kbd').first().isVisible(), false);
    await page.locator('.help summary').tap();
    assert.ok(await page.locator('.help kbd').first().isVisible());
    await close();
  });

  test('at 1280 px the panel stands beside the text', async () => {
    const { page, close } = await reading();
    await page.locator('.transport .more').click();
    await page.locator('.help kbd').first().waitFor();
    const [panel, text] = await Promise.all(['.panel', '.turn > p'].map((each) => page.locator(each).first().boundingBox()));
    assert.ok(panel.x >= text.x + text.width && panel.x + panel.width <= 1280, `text to ${text.x + text.width}, panel from ${panel.x} to ${panel.x + panel.width}`);
    await close();
  });

  // — to the eye

  for (const colorScheme of ['light', 'dark']) {
    test(`axe finds nothing with everything open, ${colorScheme}`, async () => {
      const { page, close } = await reading('plain', { colorScheme, bypassCSP: true }); // axe itself styles inline
      await seek(page, 3500);
      await lit(page, 1);
      await page.keyboard.press('?');
      await page.locator('.help kbd').first().waitFor();
      await page.evaluate(axe);
      const found = await page.evaluate(async () => {
        const { violations } = await window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
        return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary}`).join('\n')}`);
      });
      assert.deepEqual(found, []);
      await close();
    });

    test(`every text can be read on every ground it stands on, ${colorScheme}`, async () => {
      const { page, close } = await reading('plain', { colorScheme });
      const weak = await page.evaluate(() => {
        const paint = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
        const probe = document.body.appendChild(document.createElement('i'));
        const light = (token) => {
          probe.style.color = `var(--${token})`;
          paint.fillStyle = getComputedStyle(probe).color;
          paint.fillRect(0, 0, 1, 1);
          const [r, g, b] = Array.from(paint.getImageData(0, 0, 1, 1).data, (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const contrast = (a, b) => {
          const [low, high] = [light(a), light(b)].sort((x, y) => x - y);
          return (high + 0.05) / (low + 0.05);
        };
        const washes = ['spoken', 'also', 'maybe', 'landed', 'found', 'found-here', 'spoken-word'];
        const pairs = [
          ...['paper', 'ground', ...washes].map((ground) => ['ink', ground, ['paper', 'spoken', 'also', 'maybe'].includes(ground) ? 7 : 4.5]),
          ...['paper', 'ground', 'spoken', 'also', 'maybe'].map((ground) => ['muted', ground, 4.5]),
          ...['accent', 'trouble', ...[1, 2, 3, 4, 5, 6].map((n) => `hue-${n}`)].map((token) => [token, 'paper', 4.5]),
          ['trouble', 'ground', 4.5],
          ['accent', 'ground', 3],
          ['accent', 'spoken', 3],
        ];
        return pairs.map(([a, b, least]) => [a, b, contrast(a, b), least]).filter(([, , ratio, least]) => ratio < least);
      });
      assert.deepEqual(weak, []);
      await close();
    });
  }

  test('in a low window the bar stands there while somebody types in it', async () => {
    const { page, close } = await reading('plain', { viewport: { width: 640, height: 400 } });
    await page.evaluate(() => scrollTo(0, 600));
    const seen = () => page.locator('.find input').evaluate((field) => {
      const { left, top, bottom } = field.getBoundingClientRect();
      return document.elementFromPoint(left + 20, (top + bottom) / 2) === field;
    });
    assert.equal(await seen(), false);
    await page.keyboard.press('/');
    await page.keyboard.type('w');
    assert.ok(await seen(), 'what is typed cannot be seen');
    assert.ok(await page.evaluate(() => scrollY) > 0, 'the page has gone to its head');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await until(async () => !(await seen())); // else the bar keeps its room
    await close();
  });

  for (const [width, height] of [[640, 400], [320, 256], [320, 640]]) {
    test(`nothing is lost or beside the window at ${width} × ${height}`, async () => {
      const { page, close } = await reading('plain', { viewport: { width, height } });
      await seek(page, 12_500);
      await lit(page, 3);
      await page.locator('.transport .more').click();
      await page.locator('.help kbd').first().waitFor();
      const wide = await page.evaluate(() => {
        const out = Array.from(document.querySelectorAll('body *')).filter((el) => !el.closest('.skips, .unseen, svg') && el.getClientRects().length && (el.getBoundingClientRect().right > innerWidth + 1 || el.getBoundingClientRect().left < -1));
        return [document.documentElement.scrollWidth, document.querySelector('.panel').scrollWidth - document.querySelector('.panel').clientWidth, out.map((el) => el.outerHTML.slice(0, 80))];
      });
      assert.deepEqual(wide, [width, 0, []]);
      await page.keyboard.press('Escape');
      await page.evaluate(() => dispatchEvent(new Event('resize')));
      await page.locator('[data-line="3"]').click();
      await page.waitForTimeout(600);
      const hidden = await page.locator('[data-line="3"]').evaluate((line) => {
        const { left, top, bottom } = line.getBoundingClientRect();
        return document.elementFromPoint(left + 4, (top + bottom) / 2) !== line;
      });
      assert.ok(!hidden, 'the lit line is covered');
      await close();
    });
  }

  test('in the colours of the reader the light, the word and the buttons can be told', async () => {
    const { page, close } = await reading('plain', { forcedColors: 'active' });
    await seek(page, 3500);
    await lit(page, 1);
    const look = await page.evaluate(() => {
      const outline = (selector) => getComputedStyle(document.querySelector(selector)).outlineStyle;
      return [outline('[data-line][aria-current]'), outline('[data-also]'), getComputedStyle(document.querySelector('.play')).borderStyle, getComputedStyle(document.querySelector('.transport .more')).borderStyle];
    });
    assert.deepEqual(look, ['solid', 'dashed', 'solid', 'solid']);
    await close();
  });

  for (const name of ['arabic', 'hebrew']) {
    test(`${name} is set from the right, and the rule stands at the right`, async () => {
      const { page, close } = await reading(name);
      await seek(page, 1000);
      await lit(page, 0);
      const place = await page.evaluate(() => {
        const paragraph = document.querySelector('[data-line="0"]').parentElement;
        const text = paragraph.getBoundingClientRect();
        const rule = document.querySelector('[data-rule="known"]').getBoundingClientRect();
        const line = document.querySelector('[data-line="0"]').getBoundingClientRect();
        const who = document.querySelector('.turn cite').getBoundingClientRect();
        const title = document.createRange();
        title.selectNodeContents(document.querySelector('hgroup p'));
        return { title: title.getBoundingClientRect().right, edge: document.querySelector('hgroup').getBoundingClientRect().right, direction: getComputedStyle(paragraph).direction, atRight: rule.left > text.right && rule.right < text.right + 20, beside: Math.abs(rule.top - line.top) < 1 && Math.abs(rule.height - line.height) < 1, name: who.left > text.right };
      });
      assert.deepEqual([place.direction, place.atRight, place.beside, place.name], ['rtl', true, true, true]);
      assert.ok(Math.abs(place.title - place.edge) < 2, 'what is said of it stands at the right too');
      await close();
    });
  }

  test('Chinese keeps its measure, and the wash does not reach into the next character', async () => {
    const { page, close } = await reading('chinese');
    await seek(page, 1000);
    await lit(page, 0);
    const [shadow, perRow] = await page.locator('[data-line="0"]').evaluate((line) => [getComputedStyle(line).boxShadow, line.parentElement.clientWidth / parseFloat(getComputedStyle(line).fontSize)]);
    assert.ok(!/-?\d*\.?[1-9]\d*px/.test(shadow), shadow);
    assert.ok(perRow > 25 && perRow < 40, `${perRow} characters a row`);
    await close();
  });

  // — where a range cannot be painted

  test('without the Highlight API boxes mark the word and what is found', async () => {
    const { page, context, close } = await open(browser, server.url);
    await context.addInitScript(() => {
      delete window.Highlight;
      delete CSS.highlights;
    });
    await page.goto(`${server.url}/e/words`);
    await ready(page);
    assert.ok(await page.evaluate(() => !window.Highlight && !CSS.highlights));
    await page.locator('.find input').fill('the');
    await page.locator('.boxes[data-mark="found"] i').first().waitFor({ state: 'attached' });
    assert.equal(await page.locator('.boxes[data-mark="found-here"] i').count(), 1);
    await page.locator('.find input').fill('');
    await page.waitForFunction(() => !document.querySelector('.boxes i'));
    await seek(page, 4000);
    await page.locator('.boxes[data-mark="word"] i').waitFor({ state: 'attached' });
    const over = () => page.evaluate(() => {
      const box = document.querySelector('.boxes[data-mark="word"] i').getBoundingClientRect();
      const at = document.caretPositionFromPoint(box.left + box.width / 2, box.top + box.height / 2);
      const { data } = at.offsetNode;
      const from = data.lastIndexOf(' ', at.offset - 1) + 1;
      return [at.offsetNode.parentElement.getAttribute('aria-current'), data.slice(from).split(' ')[0], Math.round(box.left)];
    });
    const [current, word] = await over();
    assert.equal(current, 'true');
    await page.setViewportSize({ width: 500, height: 800 });
    await page.waitForFunction(() => document.querySelector('.boxes i').getBoundingClientRect().left < 500);
    assert.equal((await over())[1], word, 'placed again on the same word');
    await close();
  });
});
