// The seek bar, which is the picture of the episode: who speaks when, chapters,
// lines found; under it a plain slider that does the work.

import { clock } from '../core/clock.js';

const WIDTH = 2000; // units of the picture; finer than any screen shows
const HEIGHT = 24;
const steps = { ArrowLeft: -5, ArrowDown: -5, ArrowRight: 5, ArrowUp: 5, PageDown: -60, PageUp: 60 };

function draw(name, attributes) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}

/** @param lines the elements of the transcript */
export function mount(el, { store, signal, t, lines }) {
  const slider = el.querySelector('input');
  const picture = el.querySelector('svg');
  const found = draw('path', { class: 'found' });
  picture.setAttribute('viewBox', `0 0 ${WIDTH} ${HEIGHT}`);

  const place = (ms) => Math.round((ms / store.get('duration')) * WIDTH);
  const turnOf = (i) => lines[i]?.closest('.turn') ?? null;

  /** One path a speaker: a bar from each turn's first line to the next turn. */
  function speech(timeline) {
    const paths = {};
    let hue = '';
    let from = null;
    const close = (to) => from !== null && to > from && (paths[hue] = `${paths[hue] ?? ''}M${from} 8H${to}V16H${from}Z`);
    for (let i = 0; i < timeline.count; i++) {
      const start = timeline.start(i);
      const mine = turnOf(i)?.dataset.hue ?? '0';
      if (start < 0 || (from !== null && mine === hue)) continue;
      close(place(start));
      from = place(start);
      hue = mine;
    }
    close(Math.min(WIDTH, place(timeline.end(timeline.count - 1))));
    return Object.entries(paths).map(([number, d]) => draw('path', { d, 'data-hue': number }));
  }

  function redraw() {
    const timeline = store.get('timeline');
    if (!store.get('duration')) return;
    const marks = store.get('chapters').filter((ms) => ms > 0).map((ms) => `M${place(ms)} 3V21`).join('');
    const bars = timeline ? speech(timeline) : [draw('path', { d: `M0 8H${WIDTH}V16H0Z`, 'data-hue': 0 })];
    picture.replaceChildren(...bars, draw('path', { class: 'chapter', d: marks }), found);
    slider.max = store.get('duration');
    show();
  }

  function markFound({ hits }) {
    const timeline = store.get('timeline');
    if (!timeline || !store.get('duration')) return;
    const places = new Set(hits.map(({ line }) => timeline.start(line)).filter((ms) => ms >= 0).map(place));
    found.setAttribute('d', Array.from(places, (x) => `M${x} 20v3`).join(''));
  }

  let dragging = false;
  function show() {
    const now = store.get('second') * 1000;
    if (!dragging) slider.value = now;
    const share = store.get('duration') ? slider.value / store.get('duration') : 0;
    el.style.setProperty('--played', share);
    const line = store.get('timeline')?.begun(Number(slider.value)) ?? -1;
    const speaker = store.get('speakerOf')(line);
    slider.setAttribute('aria-valuetext', t(speaker ? 'seek.speaker' : 'seek.value', clock(Number(slider.value)), clock(store.get('duration')), speaker));
  }

  store.on('timeline', redraw, signal);
  store.on('duration', redraw, signal);
  store.on('second', show, signal);
  store.on('find', markFound, signal);
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
