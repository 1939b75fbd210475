// The seek bar, which is the picture of the episode: who speaks when, chapters,
// lines found; under it a plain slider that does the work.

import { clock } from '../core/clock.js';
import { lanes, whoSpeaks } from '../core/lanes.js';

const WIDTH = 2000; // units of the picture; finer than any screen shows
const HEIGHT = 24;
const BAND = [3, 20]; // where the lanes lie
const LANES = 6; // more speakers share them
const CLOSE = 2; // units between bars that are not seen
const steps = { ArrowLeft: -5, ArrowDown: -5, ArrowRight: 5, ArrowUp: 5, PageDown: -60, PageUp: 60 };

function draw(name, attributes) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}

/** A lane's path: its bars, one above the other's. */
function drawLane({ voice, guess, bars }, { names, hues }, hue) {
  const count = Math.min(LANES, Math.max(1, names.length));
  const height = (BAND[1] - BAND[0]) / count;
  const top = voice < 0 ? BAND[0] : BAND[0] + height * (voice % count);
  const tall = voice < 0 ? BAND[1] - BAND[0] : height * 0.84;
  let d = '';
  for (let k = 0; k < bars.length; k += 2) d += `M${bars[k]} ${top}H${bars[k + 1]}v${tall}H${bars[k]}z`;
  return draw('path', { d, 'data-hue': hues[voice] ?? hue, ...(guess && { class: 'guess' }) });
}

/**
 * @param lines the elements of the transcript, whenIdle calls when there is time to draw
 */
export function mount(el, { store, signal, t, lines, whenIdle }) {
  const slider = el.querySelector('input');
  const picture = el.querySelector('svg');
  const played = el.querySelector('.played');
  const found = draw('path', { class: 'found' });
  picture.setAttribute('viewBox', `0 0 ${WIDTH} ${HEIGHT}`);

  /** Times to units of the picture. */
  function scale() {
    const each = WIDTH / store.get('duration');
    return (ms) => Math.min(WIDTH, Math.round(ms * each));
  }

  let written = null; // who speaks, as the page came

  /** One speaker, or nobody known: one lane, in the colour of the text's first turn. */
  function speech(timeline, place) {
    const voices = store.get('voices') ?? (written ??= whoSpeaks(lines));
    const hue = (!voices.names.length && lines[0]?.closest('.turn').dataset.hue) || 0;
    return lanes(timeline, voices.of, place, CLOSE).map((lane) => drawLane(lane, voices, hue));
  }

  let waiting = false;
  function redraw() {
    if (waiting) return;
    waiting = true;
    whenIdle(() => {
      waiting = false;
      paint();
    });
  }
  function paint() {
    const timeline = store.get('timeline');
    if (!store.get('duration')) return;
    const place = scale();
    const marks = store.get('chapters').filter((ms) => ms > 0).map((ms) => `M${place(ms)} 3V21`).join('');
    const bars = timeline ? speech(timeline, place) : [draw('path', { d: `M0 8H${WIDTH}V16H0Z`, 'data-hue': 0 })];
    picture.replaceChildren(...bars, draw('path', { class: 'chapter', d: marks }), found);
    markFound(store.get('find'));
  }

  function markFound({ hits }) {
    const timeline = store.get('timeline');
    if (!timeline || !store.get('duration')) return;
    const places = new Set(hits.map(({ line }) => timeline.start(line)).filter((ms) => ms >= 0).map(scale()));
    found.setAttribute('d', Array.from(places, (x) => `M${x} 20v3`).join(''));
  }

  let dragging = false;
  function show() {
    const now = store.get('second') * 1000;
    if (!dragging) slider.value = now;
    const share = store.get('duration') ? slider.value / store.get('duration') : 0;
    played.style.transform = `scaleX(${1 - share})`;
    const line = store.get('timeline')?.begun(Number(slider.value)) ?? -1;
    const speaker = store.get('speakerOf')(line);
    slider.setAttribute('aria-valuetext', t(speaker ? 'seek.speaker' : 'seek.value', clock(Number(slider.value)), clock(store.get('duration')), speaker));
  }

  function measure(duration) {
    if (duration) slider.max = duration;
    show();
  }

  for (const key of ['timeline', 'voices', 'duration']) store.on(key, redraw, signal);
  for (const key of ['timeline', 'voices', 'second']) store.on(key, show, signal);
  store.on('duration', measure, signal);
  store.on('find', markFound, signal);
  measure(store.get('duration'));
  redraw();

  slider.addEventListener('input', () => {
    dragging = true;
    show();
    el.dispatchEvent(new CustomEvent('seek', { detail: { ms: Number(slider.value) }, bubbles: true }));
  }, { signal });
  slider.addEventListener('change', () => (dragging = false), { signal });
  slider.addEventListener('keydown', (event) => {
    if (!(event.key in steps)) return;
    event.preventDefault();
    el.dispatchEvent(new CustomEvent('skip', { detail: { by: steps[event.key] * 1000 }, bubbles: true }));
  }, { signal });
}
