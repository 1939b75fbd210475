// WebKit under the hand of a test: Debian's WebKitGTK on a screen of its own,
// over plain WebDriver.

import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { until } from '../browser/house.mjs';

const keys = { Enter: '\uE007', Escape: '\uE00C', PageUp: '\uE00E', PageDown: '\uE00F', ArrowLeft: '\uE012', ArrowUp: '\uE013', ArrowRight: '\uE014', ArrowDown: '\uE015' };

const PATIENCE = 40_000; // ms for one answer
const options = { args: ['--automation', '--autoplay-policy=allow'] };

const freePort = () => new Promise((found) => {
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const { port } = probe.address();
    probe.close(() => found(port));
  });
});

export async function startWebKit() {
  const port = await freePort();
  const driver = spawn('xvfb-run', ['--auto-servernum', '--server-args=-screen 0 1400x1000x24', 'WebKitWebDriver', `--port=${port}`], { stdio: 'ignore', detached: true });
  let failed = null;
  driver.on('error', (error) => (failed = error));
  const ask = async (method, path, body) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, body: body && JSON.stringify(body), signal: AbortSignal.timeout(PATIENCE) });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
    return value;
  };
  await until(async () => {
    if (failed) throw failed;
    return ask('GET', '/status').then(({ ready }) => ready, () => false);
  });
  return {
    open: (address) => open(ask, address),
    close: () => process.kill(-driver.pid),
  };
}

/** A session is a fresh profile and window; the driver knows one at a time. */
async function open(ask, address) {
  const { sessionId } = await ask('POST', '/session', { capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': options } } });
  const tell = (path, body) => ask('POST', `/session/${sessionId}${path}`, body);
  const act = (...actions) => tell('/actions', { actions });
  const hand = (...actions) => act({ type: 'pointer', id: 'hand', parameters: { pointerType: 'mouse' }, actions });
  const to = (x, y) => ({ type: 'pointerMove', x: Math.round(x), y: Math.round(y), duration: 60 });
  const type = (text) => act({ type: 'key', id: 'keys', actions: Array.from(text, (value) => [{ type: 'keyDown', value }, { type: 'keyUp', value }]).flat() });

  let wheeled = 0; // this driver scrolls by what a wheel's delta has changed since the last

  await tell('/window/rect', { width: 1280, height: 800 });
  await tell('/url', { url: address });
  return {
    /** Like evaluate elsewhere: what the function gives, awaited. */
    async evaluate(look, ...given) {
      const [error, value] = await tell('/execute/async', {
        script: `const done = arguments[arguments.length - 1];
          Promise.resolve().then(() => (${look})(...Array.from(arguments).slice(0, -1))).then((value) => done([null, value ?? null]), (error) => done([String(error), null]));`,
        args: given,
      });
      if (error) throw new Error(error);
      return value;
    },
    goto: (url) => tell('/url', { url }),
    click: (x, y) => hand(to(x, y), { type: 'pointerDown', button: 0 }, { type: 'pointerUp', button: 0 }),
    drag: (from, till) => hand(to(...from), { type: 'pointerDown', button: 0 }, to((from[0] + till[0]) / 2, till[1]), to(...till), { type: 'pointerUp', button: 0 }),
    wheel: (by) => act({ type: 'wheel', id: 'wheel', actions: [{ type: 'scroll', x: 600, y: 400, deltaX: 0, deltaY: (wheeled += by), duration: 0 }] }),
    press: (key) => type([keys[key] ?? key]),
    type,
    screenshot: async (path) => writeFile(path, Buffer.from(await ask('GET', `/session/${sessionId}/screenshot`), 'base64')),
    close: () => ask('DELETE', `/session/${sessionId}`),
  };
}
