// Find in the episode: counts as one types, marks what is found, and walks
// from line to line.

import { findLines, fold } from '../core/find.js';
import { setRange } from '../core/place.js';

const MARKED = 60; // ranges either side of where the reader is; the count has no limit

/** @param mark makes a mark on ranges, by name */
export function mount(el, { store, signal, t, lines, mark }) {
  const field = el.querySelector('input');
  const count = el.querySelector('[data-search-count]');
  const buttons = el.querySelectorAll('[data-step]');
  const marks = mark('found');
  const here = mark('found-here', { priority: 1 });

  let folded = null;
  const fetchText = () => (folded ??= lines.map((line) => fold(line.textContent)));

  /** The line in the middle of the window: the search begins where the reader is. */
  function lineInView() {
    const box = lines[0].parentElement.getBoundingClientRect();
    for (const share of [0.3, 0.4, 0.5, 0.2, 0.6]) {
      const line = document.elementFromPoint(box.left + 40, innerHeight * share)?.closest('[data-line]');
      if (line) return Number(line.dataset.line);
    }
    return 0;
  }

  let origin = null;
  function search() {
    origin = field.value.trim() ? (origin ?? lineInView()) : null;
    const hits = findLines(fetchText(), field.value);
    const next = hits.findIndex(({ line }) => line >= origin);
    store.set({ find: { hits, at: hits.length ? Math.max(0, next) : -1 } });
  }

  function step(by) {
    const { hits, at } = store.get('find');
    if (hits.length) store.set({ find: { hits, at: (at + by + hits.length) % hits.length } });
  }

  function label({ hits, at }) {
    if (!field.value.trim()) return '';
    if (hits.length === 1) return t('find.line');
    return at < 0 ? t('find.lines', 0) : t('find.at', hits.length, at + 1);
  }

  store.on('find', (find) => {
    const { hits, at } = find;
    count.textContent = label(find);
    for (const button of buttons) button.hidden = hits.length < 2;
    const near = hits.slice(Math.max(0, at - MARKED), at + MARKED);
    const rangeOf = (hit) => setRange(new Range(), lines[hit.line], hit.from, hit.to);
    marks.set(near.filter((hit) => hit !== hits[at]).map(rangeOf));
    here.set(near.filter((hit) => hit === hits[at]).map(rangeOf));
    if (hits[at]) el.dispatchEvent(new CustomEvent('show-line', { detail: { line: hits[at].line }, bubbles: true }));
  }, signal);

  field.addEventListener('focus', fetchText, { signal });
  field.addEventListener('input', search, { signal });
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    step(event.shiftKey ? -1 : 1);
  }, { signal });
  if (field.value) search(); // typed before this came
  else if (document.activeElement === field) fetchText();
  for (const button of buttons) button.addEventListener('click', () => step(Number(button.dataset.step)), { signal });
}
