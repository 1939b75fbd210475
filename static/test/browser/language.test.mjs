// The page in the browser's language, also what its scripts say, and say later.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { TOKEN, open, ready, serve, startBrowser, truth } from './house.mjs';

describe('in French', () => {
  let server, browser, demo;
  before(async () => {
    [server, browser, demo] = await Promise.all([serve(), startBrowser(), truth()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  test('the page, its buttons, and what the server refuses', async () => {
    const { page, close } = await open(browser, `${server.url}/e/${demo.id}`, { locale: 'fr-CA' });
    await ready(page);
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'fr');
    assert.equal(await page.locator('.play').getAttribute('aria-label'), 'Lire');
    await page.locator('.play').click();
    await page.waitForFunction(() => document.querySelector('.play').ariaLabel === 'Pause');
    await page.locator('.find input').fill('qqqqq');
    await page.waitForFunction(() => document.querySelector('[data-search-count]').textContent === '0 ligne');

    await page.goto(server.url);
    await page.locator('#token').fill('wrong');
    await page.locator('.sign-in button').click();
    await page.waitForFunction(() => document.querySelector('.sign-in .outcome').textContent.startsWith('Il faut se connecter'));
    await close();
  });

  test('what comes with a later script', async () => {
    const { page, close } = await open(browser, server.url, { locale: 'fr' });
    await page.locator('#token').fill(TOKEN);
    await Promise.all([page.waitForNavigation(), page.locator('.sign-in button').click()]);
    const asked = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(`${server.url}/e/${demo.id}`);
    await ready(page);
    assert.deepEqual(asked.filter((path) => path.includes('/words/')), [], 'nobody needs them yet');
    await page.locator('.time-this').click();
    await page.locator('.timing .now').click();
    await page.waitForFunction(() => document.querySelector('.timing .status').textContent === 'Lancez d’abord la lecture.');
    assert.equal(asked.filter((path) => path.endsWith('/words/fr.json')).length, 1);
    await close();
  });
});
