// Where a listener is, is never lost: reloads, several tabs, links of others.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { now, open, play, ready, seek, serve, startBrowser, truth } from './house.mjs';

describe('the place', () => {
  let server, browser, demo, address, key;
  before(async () => {
    [server, browser, demo] = await Promise.all([serve(), startBrowser(), truth()]);
    address = `${server.url}/e/${demo.id}`;
    key = `hearsay:place:${demo.id}`;
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const kept = (page) => page.evaluate((name) => JSON.parse(localStorage.getItem(name)), key);
  const keep = (page, place) => page.evaluate(([name, value]) => localStorage.setItem(name, JSON.stringify(value)), [key, place]);
  const line = (page, index) => page.locator(`[data-line="${index}"]`);
  const back = (page) => page.locator('.transport .back');
  const near = (a, b, by = 60) => assert.ok(Math.abs(a - b) <= by, `${a} is not ${b}`);
  const pause = async (page) => {
    await page.evaluate(() => document.querySelector('#audio').pause());
    await page.waitForFunction(() => !document.querySelector('.transport').hasAttribute('data-playing'));
  };
  const comesForward = (page) => page.evaluate(() => dispatchEvent(new Event('focus')));
  async function reading(query = '') {
    const opened = await open(browser, address + query);
    await ready(opened.page);
    return opened;
  }
  async function tab(context, query = '') {
    const page = await context.newPage();
    await page.goto(address + query);
    await ready(page);
    return page;
  }
  /** Plays a little of a line and stops, until every tab can know of it. */
  async function hear(page, index) {
    await line(page, index).click();
    await page.waitForFunction((ms) => document.querySelector('#audio').currentTime * 1000 > ms, demo.cues[index].start + 300);
    await pause(page);
    const heard = await now(page);
    for (const each of page.context().pages()) {
      await each.waitForFunction(([name, ms]) => Math.abs(JSON.parse(localStorage.getItem(name))?.ms - ms) < 60, [key, heard]);
    }
    return heard;
  }

  test('is written while it plays, again and again, and read after a reload', async () => {
    const { page, close } = await reading();
    assert.equal(await kept(page), null);
    await seek(page, 20_000);
    await play(page);
    await page.waitForFunction((name) => JSON.parse(localStorage.getItem(name))?.ms >= 20_000, key);
    const { at } = await kept(page);
    await page.waitForFunction(([name, since]) => JSON.parse(localStorage.getItem(name)).at > since, [key, at]);
    assert.ok(!(await page.evaluate(() => document.querySelector('#audio').paused)), 'nothing had to stop for it');
    await pause(page);
    const left = await now(page);
    await page.reload();
    await ready(page);
    near(await now(page), left);
    await close();
  });

  test('of a tab that was left is never put over a newer one', async () => {
    const { page, context, close } = await reading();
    await hear(page, 3);
    const other = await tab(context);
    near(await now(other), await now(page));
    const newer = await hear(other, 12);
    await page.evaluate(() => {
      dispatchEvent(new Event('pagehide'));
      document.dispatchEvent(new Event('visibilitychange'));
    });
    near((await kept(other)).ms, newer);
    await page.close({ runBeforeUnload: true });
    near((await kept(other)).ms, newer);
    near(await now(await tab(context)), newer);
    await close();
  });

  test('is taken over by a paused tab that comes forward, and the page stays where it is', async () => {
    const { page, context, close } = await reading();
    await hear(page, 3);
    await page.evaluate(() => scrollTo({ top: 300, behavior: 'instant' }));
    const other = await tab(context);
    const newer = await hear(other, 20);
    await comesForward(page);
    near(await now(page), newer);
    await page.waitForTimeout(600);
    assert.equal(await page.evaluate(() => scrollY), 300);
    assert.ok(await page.evaluate(() => document.querySelector('#audio').paused));

    const oldest = await hear(page, 5); // now this one is the newer
    await comesForward(other);
    near(await now(other), oldest);
    await other.locator('[data-skip="30000"]').click();
    near((await kept(page)).ms, oldest + 30_000);
    await close();
  });

  test('is not moved by a link, and one tap leads back', async () => {
    const { page, context, close } = await reading();
    let mine = await hear(page, 4);
    const start = demo.cues[25].start + 100;
    const linked = await tab(context, `?t=${start / 1000}`);
    near(await now(linked), start);
    await play(linked);
    await linked.waitForFunction((ms) => document.querySelector('#audio').currentTime * 1000 > ms, start + 500);
    await pause(linked);
    near((await kept(linked)).ms, mine);
    assert.ok(await back(linked).isVisible());
    mine = await hear(page, 6);
    await comesForward(linked);
    assert.ok(await now(linked) > start, 'the linked passage stays open');
    const words = `Back to where you were, 00:00:${String(Math.floor(mine / 1000)).padStart(2, '0')}`;
    assert.equal(await back(linked).textContent(), words);
    await back(linked).click();
    near(await now(linked), mine);
    assert.ok(await back(linked).isHidden());
    await close();
  });

  test('is the linked one as soon as the reader goes on from there', async () => {
    const { page, context, close } = await reading();
    await hear(page, 4);
    const linked = await tab(context, `?t=${demo.cues[25].start / 1000}`);
    const chosen = await hear(linked, 27);
    assert.ok(await back(linked).isHidden());
    near((await kept(linked)).ms, chosen);
    await close();
  });

  test('is not offered any more to who stays where the link led', async () => {
    const { page, context, close } = await reading();
    const mine = await hear(page, 4);
    const linked = await tab(context, `?t=${demo.cues[25].start / 1000 + 0.1}`);
    const { height } = await back(linked).boundingBox();
    assert.ok(height < 50, `it takes more than a line: ${height} px`);
    await linked.keyboard.press('l');
    await linked.locator('.again').waitFor();
    assert.ok(await back(linked).isHidden());
    await play(linked);
    await comesForward(linked);
    assert.ok(await back(linked).isHidden());
    near((await kept(linked)).ms, mine);
    await close();
  });

  test('is the linked one after two minutes of listening', async () => {
    const { page, context, close } = await reading();
    const mine = await hear(page, 25);
    const linked = await tab(context, '?t=1');
    assert.ok(await back(linked).isVisible());
    await linked.evaluate(() => (document.querySelector('#audio').playbackRate = 8));
    await play(linked);
    await linked.waitForFunction(() => document.querySelector('#audio').currentTime > 60);
    near((await kept(linked)).ms, mine);
    await linked.waitForFunction((name) => JSON.parse(localStorage.getItem(name)).ms > 118_000, key);
    assert.ok(await back(linked).isHidden());
    await close();
  });

  test('in its old form is read', async () => {
    const { page, close } = await reading();
    await keep(page, 61_500);
    await page.reload();
    await ready(page);
    near(await now(page), 61_500);
    await hear(page, 2);
    near((await kept(page)).ms, demo.cues[2].start + 300, 2000);
    await close();
  });

  test('after the end is the beginning', async () => {
    const { page, close } = await reading();
    await line(page, demo.cues.length - 1).click();
    await page.waitForFunction(() => document.querySelector('#audio').ended);
    await page.waitForFunction((name) => JSON.parse(localStorage.getItem(name)).ms === 0, key);
    await page.reload();
    await ready(page);
    assert.equal(await now(page), 0);
    await close();
  });

  test('is taken before anybody can move, however late the script comes that keeps it', async () => {
    const { page, close } = await reading();
    await keep(page, { ms: 61_500, at: Date.now() });
    await page.route('**/pages/placing.js', async (route) => {
      await page.waitForTimeout(700);
      await route.continue();
    });
    await page.reload();
    await ready(page);
    near(await now(page), 61_500);
    const chosen = await hear(page, 12);
    near(await now(page), chosen);
    await page.unrouteAll({ behavior: 'wait' });
    await close();
  });

  test('is right before the sound is there', async () => {
    const { page, close } = await reading();
    await keep(page, { ms: 50_000, at: Date.now() });
    let come;
    const held = new Promise((done) => (come = done));
    await page.route('**/media/**', (route) => held.then(() => route.continue()));
    await page.reload();
    await page.waitForFunction(() => document.querySelector('[data-now]').textContent === '00:00:50');
    await page.evaluate(() => dispatchEvent(new Event('pagehide')));
    assert.equal((await kept(page)).ms, 50_000);
    await page.locator('[data-skip="30000"]').click();
    assert.equal((await kept(page)).ms, 80_000);
    come();
    await ready(page);
    await page.waitForFunction(() => document.querySelector('#audio').currentTime > 79);
    near(await now(page), 80_000);
    assert.equal((await kept(page)).ms, 80_000);
    await close();
  });
});
