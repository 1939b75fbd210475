// The text that is spoken: lights its line and word, shows where it may be when
// that is a guess, and marks where the reader landed.

import { clock } from '../core/clock.js';
import { passageRanges, setRange, wordOffsets, wordSpan } from '../core/place.js';

/** Tells the browser how tall sections are likely to be that it has not laid out. */
function guessHeights(stretches) {
  const [first] = stretches[0].children;
  const each = first.offsetHeight / first.textContent.length;
  const guess = (el, tall) => (el.style.containIntrinsicBlockSize = `auto ${Math.round(tall)}px`);
  for (const stretch of stretches) {
    let tall = 0;
    for (const section of stretch.children) {
      const mine = section.textContent.length * each;
      tall += mine;
      if (section !== first) guess(section, mine);
    }
    if (stretch !== stretches[0]) guess(stretch, tall);
  }
}

/** @param mark makes a mark on ranges, by name */
export function mount(el, { store, signal, t, lines, mark }) {
  el.dataset.awake = '';
  const stretches = Array.from(el.children);
  setTimeout(() => guessHeights(stretches)); // a task of its own: of a long text it is a long one

  // — the light

  const spoken = mark('word', { priority: 2 }); // over what was found or linked to
  const wordRange = new Range();
  let lit = null; // element of the line being spoken
  let text = ''; // its text and where its words begin, kept while it is lit
  let offsets = [];
  let ruled = []; // lines with a rule beside them
  const rules = []; // its elements, one for each paragraph
  let said = null; // in a silence, the line before it: its light goes out slowly

  function light(index) {
    lit?.removeAttribute('aria-current');
    lit = lines[index] ?? null;
    lit?.setAttribute('aria-current', 'true');
    text = lit?.textContent ?? '';
    offsets = lit ? wordOffsets(text, store.get('timeline').offsets(index)) : [];
  }

  function linger(line) {
    said?.removeAttribute('data-said');
    said = line;
    said?.setAttribute('data-said', '');
  }

  function lightWord(index) {
    if (lit && index >= 0 && index < offsets.length) spoken.set([setRange(wordRange, lit, ...wordSpan(text, offsets, index))]);
    else spoken.clear();
  }

  /** Keeps an attribute on some lines, and takes it off those before. */
  function keep(attribute) {
    let kept = [];
    return (indexes) => {
      for (const line of kept) line.removeAttribute(attribute);
      kept = indexes.map((index) => lines[index]);
      for (const line of kept) line.setAttribute(attribute, '');
    };
  }
  const keepMaybe = keep('data-maybe');
  const keepAlso = keep('data-also');

  /** Where the rules stand: px from the transcript's edges. */
  function measure() {
    const page = el.getBoundingClientRect();
    const spans = new Map();
    for (const line of ruled) {
      const paragraph = line.parentElement;
      const { left, right } = paragraph.getBoundingClientRect();
      const { top, bottom } = line.getBoundingClientRect();
      const { dir, from, to } = spans.get(paragraph) ?? { dir: getComputedStyle(paragraph).direction, from: Infinity, to: 0 };
      const x = dir === 'rtl' ? right - page.right : left - page.left;
      spans.set(paragraph, { dir, x, from: Math.min(from, top - page.top), to: Math.max(to, bottom - page.top) });
    }
    return Array.from(spans.values());
  }
  /**
   * Draws the rule in the margin; in a silence it goes out where it stands. It
   * lies over the text: in it, the text would be laid out anew for it.
   */
  function rule(spans) {
    while (rules.length > spans.length) rules.pop().remove();
    spans.forEach(({ dir, x, from, to }, n) => {
      const each = rules[n] ??= el.appendChild(document.createElement('i'));
      each.dataset.rule = said ? 'said' : lit ? 'known' : 'guess';
      if (each.dir !== dir) each.dir = dir;
      each.style.setProperty('--x', x);
      each.style.setProperty('--from', from);
      each.style.setProperty('--tall', to - from);
    });
  }

  let signed = null;
  function sign(index) {
    signed?.removeAttribute('data-about');
    signed = lines[index] ?? null;
    signed?.setAttribute('data-about', t('guess.here', clock(store.get('timeline').start(index))));
  }

  let shown = store.get('spoken');
  store.on('spoken', (now) => {
    const before = shown;
    shown = now;
    const moved = now.line !== before.line;
    const other = moved || now.maybe !== before.maybe || now.also !== before.also || now.said !== before.said;
    const last = lines[now.said] ?? null;
    const stays = (moved && now.said === before.line) || last === said ? last : null; // a jump into a silence leaves no light behind
    if (other && !stays) ruled = (now.line < 0 ? now.maybe : [now.line, ...now.also]).map((index) => lines[index]);
    const spans = other && measure(); // before anything is written: else all is laid out for it
    if (moved) light(now.line);
    if (now.maybe !== before.maybe) keepMaybe(now.maybe);
    if (now.also !== before.also) keepAlso(now.also);
    if (stays !== said) linger(stays);
    if (other) rule(spans);
    lightWord(now.word);
    if (lines[now.about] !== (signed ?? undefined)) sign(now.about);
  }, signal);
  new ResizeObserver(() => rule(measure())).observe(el);

  // — where the reader landed

  const marked = mark('landed');
  store.on('landed', (passage) => {
    marked.clear();
    el.querySelector('[data-landed]')?.removeAttribute('data-landed');
    if (!passage) return;
    el.dataset.mark = 'fresh';
    marked.set(passageRanges(lines, passage));
    lines[passage.from.line].dataset.landed = '';
  }, signal);
  store.on('faded', (faded) => {
    if (store.get('landed')) el.dataset.mark = faded ? 'faded' : 'fresh';
  }, signal);
}
