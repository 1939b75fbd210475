// The times that stand on the page, rewritten for who hears another sound than
// the one they were printed for.

import { clock, parseClock } from '../core/clock.js';
import { ownTime, placeOf } from '../core/shift.js';

/** @param printed the shift by which the page's times were written */
export function mount(el, { store, signal, printed }) {
  const all = (selector) => Array.from(el.querySelectorAll(selector));
  const turns = all('.turn > time').map((time) => [time, Number(time.parentElement.querySelector('[data-line]').dataset.line)]);
  const chapters = all('.chapters [data-start]').map((link) => [link, ownTime(printed, Number(link.dataset.start))]);
  const heads = all('.transcript h2 time').map((time, i, { length }) => (
    [time, length === chapters.length ? chapters[i][1] : ownTime(printed, parseClock(time.textContent))])); // the list is finer than a second
  let shown = JSON.stringify(printed);

  function show(points) {
    const wanted = JSON.stringify(points);
    if (wanted === shown) return;
    shown = wanted;
    const timeline = store.get('timeline');
    for (const [time, line] of turns) {
      time.textContent = `${timeline.plusMinus(line) ? '≈ ' : ''}${clock(timeline.start(line))}`;
    }
    for (const [link, ms] of chapters) {
      link.dataset.start = placeOf(points, ms);
      link.querySelector('time').textContent = clock(placeOf(points, ms));
    }
    for (const [time, ms] of heads) time.textContent = clock(placeOf(points, ms));
    store.set({ chapters: chapters.map(([{ dataset }]) => Number(dataset.start)) });
  }
  store.on('shift', show, signal);
}
