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
  setTimeout(() => guessHeights(el.children)); // a task of its own: of a long text it is a long one

  // — the light

  const spoken = mark('word', { priority: 2 }); // over what was found or linked to
  const wordRange = new Range();
  let lit = null; // element of the line being spoken
  let text = ''; // its text and where its words begin, kept while it is lit
  let offsets = [];
  let ruled = []; // paragraphs with a rule in their margin
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

  /** The paragraphs of what is spoken, or may be, and where in each that begins and ends. */
  function measure({ line, also, maybe }) {
    const spans = new Map();
    for (const index of line < 0 ? maybe : [line, ...also]) {
      const paragraph = lines[index].parentElement;
      const box = lines[index].getBoundingClientRect();
      const { top } = paragraph.getBoundingClientRect();
      const [from, to] = spans.get(paragraph) ?? [Infinity, 0];
      spans.set(paragraph, [Math.min(from, box.top - top), Math.max(to, box.bottom - top)]);
    }
    return spans;
  }
  /** Draws the rule in the margin of paragraphs; in a silence it goes out where it stands. */
  function rule(spans) {
    if (said) {
      for (const paragraph of ruled) paragraph.dataset.rule = 'said';
      return;
    }
    for (const paragraph of ruled) delete paragraph.dataset.rule;
    for (const [paragraph, [from, to]] of spans) {
      paragraph.dataset.rule = lit ? 'known' : 'guess';
      paragraph.style.setProperty('--rule-from', from); // px
      paragraph.style.setProperty('--rule-tall', to - from);
    }
    ruled = [...spans.keys()];
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
    const spans = other && measure(now); // before anything is written: else all is laid out for it
    if (moved) light(now.line);
    if (now.maybe !== before.maybe) keepMaybe(now.maybe);
    if (now.also !== before.also) keepAlso(now.also);
    if (moved && now.said === before.line) linger(lines[now.said]); // a jump into a silence leaves no light behind
    else if (said !== (lines[now.said] ?? null)) linger(null);
    if (other) rule(spans);
    lightWord(now.word);
    if (lines[now.about] !== (signed ?? undefined)) sign(now.about);
  }, signal);
  new ResizeObserver(() => rule(measure(shown))).observe(el);

  // — where the reader landed

  const marked = mark('landed');
  store.on('landed', (passage) => {
    marked.clear();
    el.querySelector('[data-landed]')?.removeAttribute('data-landed');
    el.dataset.mark = 'fresh';
    if (!passage) return;
    marked.set(passageRanges(lines, passage));
    lines[passage.from.line].dataset.landed = '';
  }, signal);
  store.on('faded', (faded) => (el.dataset.mark = faded ? 'faded' : 'fresh'), signal);
}
