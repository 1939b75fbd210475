// Firefox under the hand of a test: Debian's, over WebDriver BiDi.

import assert from 'node:assert/strict';
import puppeteer from 'puppeteer-core';

/** @param {Record<string, unknown>} prefs settings of about:config beside our own */
export async function startFirefox(prefs = {}) {
  const firefox = await puppeteer.launch({
    browser: 'firefox',
    executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
    defaultViewport: { width: 1280, height: 800 },
    extraPrefsFirefox: {
      'media.autoplay.default': 0,
      'media.default_volume': '0.0', // on a machine without an output, a sound with a volume counts as broken
      'remote.events.async.enabled': true, // wheel and keys take the way they take from a hand: scrolls have an end
      'remote.events.async.wheel.enabled': true,
      ...prefs,
    },
  });
  return { open: (address) => open(firefox, address), close: () => firefox.close() };
}

/** A fresh profile and window. Any script error or breach of the page's policy fails `close`. */
async function open(firefox, address) {
  const context = await firefox.createBrowserContext();
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (error) => faults.push(error.stack ?? String(error)));
  page.on('console', (message) => (message.type() === 'error' || /Content-Security-Policy/.test(message.text())) && faults.push(message.text()));
  await page.goto(address);
  const { mouse, keyboard } = page;
  return {
    evaluate: (look, ...given) => page.evaluate(look, ...given),
    goto: (to) => page.goto(to),
    click: (x, y) => mouse.click(x, y),
    async drag(from, to) {
      await mouse.move(...from);
      await mouse.down();
      await mouse.move(...to, { steps: 8 });
      await mouse.up();
    },
    async wheel(by) {
      await mouse.move(600, 400);
      await mouse.wheel({ deltaY: by });
    },
    press: (key) => keyboard.press(key),
    type: (text) => keyboard.type(text),
    screenshot: (path) => page.screenshot({ path }),
    async close() {
      await context.close();
      assert.deepEqual(faults, []);
    },
  };
}
