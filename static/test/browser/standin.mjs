// A stand-in for somebody else's player: a page on their host that speaks their
// protocol and plays a real sound. It is slow to be ready, reports now and then
// and late, and fails the first time, or plays only by its own button, if it is
// told to. And two that are worse.

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const demo = fileURLToPath(new URL('../../../transcripts/demo/shoreline/the-light-keepers.mp3', import.meta.url));
export const HOST = 'w.soundcloud.com';

/** Runs in the frame; whatever it uses is in here. */
async function perform({ fails, shy }) {
  const heard = new Set();
  let seed = 7;
  const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  const late = () => 300 * random();
  const say = (method, value, wait = late()) => setTimeout(() => parent.postMessage(JSON.stringify({ method, value, widgetId: 1 }), '*'), wait);
  const tell = (event, value) => heard.has(event) && say(event, value);
  const audio = new Audio();
  window.audio = audio;
  window.truth = []; // every frame: when, and where the sound is
  let ready = false;
  let broken = fails;

  const progress = () => ({ currentPosition: audio.currentTime * 1000, relativePosition: audio.currentTime / audio.duration, loadedProgress: 1, soundId: 1 });
  const play = () => {
    if (!broken) return audio.play().catch(() => tell('pause'));
    broken = false;
    tell('error');
  };
  const answers = {
    play: () => (shy ? [0, 1].forEach(() => tell('pause')) : play()),
    pause: () => audio.pause(),
    seekTo: (ms) => (audio.currentTime = ms / 1000),
    addEventListener: (event) => heard.add(event),
    getPosition: () => say('getPosition', audio.currentTime * 1000),
    getDuration: () => say('getDuration', audio.duration * 1000),
    isPaused: () => say('isPaused', audio.paused),
  };
  addEventListener('message', ({ data }) => {
    const { method, value } = JSON.parse(data);
    if (ready) answers[method]?.(value);
  });
  audio.addEventListener('play', () => tell('play'));
  audio.addEventListener('pause', () => tell('pause', progress()));
  audio.addEventListener('seeked', () => tell('seek', progress()));
  audio.addEventListener('ended', () => tell('finish'));
  const report = () => {
    if (!audio.paused) tell('playProgress', progress());
    setTimeout(report, 250 + 750 * random());
  };
  report();
  const look = () => {
    window.truth.push([performance.timeOrigin + performance.now(), audio.currentTime * 1000]);
    requestAnimationFrame(look);
  };
  look();

  document.querySelector('#play').addEventListener('click', () => (audio.paused ? play() : audio.pause()));
  document.querySelector('#on').addEventListener('click', () => (audio.currentTime += 20));
  audio.src = URL.createObjectURL(await (await fetch('/sound.mp3')).blob()); // from memory it can be sought
  await new Promise((known) => audio.addEventListener('loadedmetadata', known));
  await new Promise((later) => setTimeout(later, 1200));
  ready = true;
  say('ready', undefined, 0);
}

/** Says what no player says, each when it is called. */
function attackers() {
  const post = (message) => parent.postMessage(typeof message === 'string' ? message : JSON.stringify(message), '*');
  addEventListener('message', ({ data }) => data.includes('getDuration') && post({ method: 'getDuration', value: 189_000 }));
  /** True words, but of a frame in the frame. */
  window.deceive = () => {
    const inner = document.createElement('iframe');
    inner.srcdoc = `<script>parent.parent.postMessage('{"method":"getPosition","value":90000}', '*')</` + 'script>';
    document.body.append(inner);
  };
  window.attack = () => {
    const markup = '<img src=x onerror=alert(1)>';
    for (const value of [-1e9, 1e12, '5000', markup, [5000], { valueOf: 5000 }, true, 191_001]) {
      post({ method: 'getPosition', value });
      post({ method: 'getDuration', value });
      post({ method: 'playProgress', value: { currentPosition: value } });
      post({ method: 'seek', value: { currentPosition: value } });
    }
    for (const text of ['{"method":"getPosition","value":NaN}', '{"method":"getPosition","value":1e999}', '', 'null', '5', '[', '"', '{"method":null}',
      '{"__proto__":{"method":"ready"}}', '{"method":"getPosition","value":null}']) post(text);
    for (const method of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', markup, 7, { ready: 1 }]) post({ method, value: markup });
    post({ method: 'getPosition', value: 'x'.repeat(5e6) });
    parent.postMessage({ method: 'getPosition', value: 90_000 }, '*');
    parent.postMessage(new ArrayBuffer(8), '*');
  };
  window.flood = () => {
    for (let n = 0; n < 20_000; n++) post({ method: 'getPosition', value: -n - 1 });
  };
}

export const hostile = `<!doctype html><title>hostile</title><script>(${attackers})()</script>`;
export const silent = '<!doctype html><title>silent</title>';

const page = (options) => `<!doctype html><title>stand-in</title>
<style>body { margin: 0; font: 14px sans-serif; background: #f2f2f2; color: #333 } button { height: 20px; margin: 0; border: 0; background: #f50; color: #fff }</style>
<button id="play">play</button> <button id="on">+20</button> somebody else's player
<script>(${perform})(${JSON.stringify(options)})</script>`;

/**
 * Answers for their host in a window; returns the addresses asked for, as they come.
 * @param options sound: what it plays, the demo's if not said
 */
export async function standIn(context, { fails = false, shy = false, page: other, sound } = {}) {
  const asked = [];
  let first = true;
  await context.route(`https://${HOST}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    asked.push(route.request().url());
    if (pathname === '/sound.mp3') return route.fulfill({ contentType: 'audio/mpeg', body: sound ?? await readFile(demo) });
    await route.fulfill({ contentType: 'text/html', body: other ?? page({ fails: fails && first, shy }) });
    first = false;
  });
  return asked;
}
