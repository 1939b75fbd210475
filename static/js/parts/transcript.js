// The text that is spoken: lights its line and word, shows where it may be when
// that is a guess, and turns clicks and keys on a line into wishes to play it.

import { clock } from '../core/clock.js';
import { offsetIn, setRange, wordAtOffset, wordOffsets, wordSpan } from '../core/place.js';

const DRAG = 5; // px; a pointer that went further was selecting

/** Tells the browser how tall sections are likely to be that it has not laid out. */
function guessHeights(sections) {
  const first = sections.find((section) => !section.querySelector('section'));
  const each = first.offsetHeight / first.textContent.length;
  for (const section of sections) {
    if (!section.contains(first)) section.style.containIntrinsicBlockSize = `auto ${Math.round(section.textContent.length * each)}px`;
  }
}

export function mount(el, { store, signal, t }) {
  const lines = Array.from(el.querySelectorAll('[data-line]'));
  const indexOf = (line) => Number(line.dataset.line);
  el.dataset.awake = '';
  guessHeights(Array.from(el.querySelectorAll('section')));
  const wish = (name, detail) => el.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));

  // — the light

  const spoken = new Highlight();
  const wordRange = new Range();
  CSS.highlights.set('word', spoken);
  let lit = null; // element of the line being spoken
  let text = ''; // its text and where its words begin, kept while it is lit
  let offsets = [];
  let ruled = []; // paragraphs with a rule in their margin

  function light(index) {
    lit?.removeAttribute('aria-current');
    lit = lines[index] ?? null;
    lit?.setAttribute('aria-current', 'true');
    text = lit?.textContent ?? '';
    offsets = lit ? wordOffsets(text, store.get('timeline').offsets(index)) : [];
    if (lit && !el.contains(document.activeElement)) rove(lit);
  }

  function lightWord(index) {
    spoken.clear();
    if (!lit || index < 0 || index >= offsets.length) return;
    spoken.add(setRange(wordRange, lit, ...wordSpan(text, offsets, index)));
  }

  let pale = [];
  function lightMaybe(indexes) {
    for (const line of pale) line.removeAttribute('data-maybe');
    pale = indexes.map((index) => lines[index]);
    for (const line of pale) line.setAttribute('data-maybe', '');
  }

  /** Draws the rule in the margin beside lines; it spans each paragraph's share of them. */
  function rule(beside, kind) {
    for (const paragraph of ruled) delete paragraph.dataset.rule;
    const spans = new Map();
    for (const line of beside) {
      const box = line.getBoundingClientRect();
      const top = line.parentElement.getBoundingClientRect().top;
      const span = spans.get(line.parentElement) ?? [box.top - top, 0];
      spans.set(line.parentElement, [span[0], box.bottom - top]);
    }
    for (const [paragraph, [from, to]] of spans) {
      paragraph.dataset.rule = kind;
      paragraph.style.setProperty('--rule-from', `${from}px`);
      paragraph.style.setProperty('--rule-to', `${to}px`);
    }
    ruled = [...spans.keys()];
  }
  const ruleAgain = () => (lit ? rule([lit], 'known') : rule(pale, 'guess'));

  let signed = null;
  function sign(index) {
    signed?.removeAttribute('data-about');
    signed = lines[index] ?? null;
    signed?.setAttribute('data-about', t('guess.here', clock(store.get('timeline').start(index))));
  }

  store.on('spoken', ({ line, word, maybe, about }) => {
    const before = shown;
    shown = { line, maybe };
    if (line !== before.line) light(line);
    if (maybe !== before.maybe) lightMaybe(maybe);
    if (line !== before.line || maybe !== before.maybe) ruleAgain();
    lightWord(word);
    if (lines[about] !== (signed ?? undefined)) sign(about);
  }, signal);
  let shown = { line: -1, maybe: store.get('spoken').maybe };
  new ResizeObserver(ruleAgain).observe(el);

  // — where the reader landed

  const marked = new Highlight();
  CSS.highlights.set('landed', marked);
  store.on('landed', (passage) => {
    marked.clear();
    el.querySelector('[data-landed]')?.removeAttribute('data-landed');
    el.dataset.mark = 'fresh';
    if (!passage) return;
    const range = setRange(new Range(), lines[passage.from.line], passage.from.offset, Infinity);
    const end = setRange(new Range(), lines[passage.to.line], 0, passage.to.offset);
    range.setEnd(end.endContainer, end.endOffset);
    marked.add(range);
    lines[passage.from.line].dataset.landed = '';
  }, signal);
  store.on('faded', (faded) => (el.dataset.mark = faded ? 'faded' : 'fresh'), signal);

  // — the pointer

  let down = null;
  el.addEventListener('pointerdown', (event) => {
    down = { x: event.clientX, y: event.clientY, selecting: !getSelection().isCollapsed };
  }, { signal });

  /** A click that neither makes nor clears a selection. */
  function plainClick(event) {
    const moved = down && Math.hypot(event.clientX - down.x, event.clientY - down.y) > DRAG;
    const keys = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    return event.button === 0 && !moved && !keys && !down?.selecting && getSelection().isCollapsed;
  }

  function placeAt(x, y) {
    if (document.caretPositionFromPoint) {
      const place = document.caretPositionFromPoint(x, y);
      return place && [place.offsetNode, place.offset];
    }
    const range = document.caretRangeFromPoint(x, y);
    return range && [range.startContainer, range.startOffset];
  }

  /** Start of the word under the pointer where that is known, else of the line. */
  function startUnder(line, event) {
    const timeline = store.get('timeline');
    const index = indexOf(line);
    const words = timeline.words(index);
    const place = words && placeAt(event.clientX, event.clientY);
    if (!place) return timeline.start(index);
    const given = wordOffsets(line.textContent, timeline.offsets(index));
    return known(words[wordAtOffset(given, offsetIn(line, ...place))]) ?? timeline.start(index);
  }
  const known = (ms) => (ms >= 0 ? ms : undefined);

  function play(line, ms) {
    rove(line);
    if (store.get('timing')) wish('timing', { act: 'choose', line: indexOf(line) });
    else if (ms >= 0) wish('play-from', { ms });
  }

  el.addEventListener('click', (event) => {
    if (!store.get('timeline') || !plainClick(event)) return;
    const line = event.target.closest('[data-line]');
    const turn = event.target.closest('time')?.closest('.turn');
    if (line) play(line, startUnder(line, event));
    else if (turn) play(turn.querySelector('[data-line]'), store.get('timeline').start(indexOf(turn.querySelector('[data-line]'))));
  }, { signal });

  // — the keys: one stop for the tabulator, arrows from line to line

  let rover = null;
  function rove(line) {
    if (line === rover) return;
    rover?.removeAttribute('tabindex');
    rover = line;
    rover?.setAttribute('tabindex', '0');
  }
  rove(lines[0]);

  const steps = { ArrowDown: (i) => i + 1, ArrowUp: (i) => i - 1, Home: () => 0, End: () => lines.length - 1 };
  el.addEventListener('keydown', (event) => {
    const line = event.target.closest('[data-line]');
    if (!line || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' && store.get('timeline')) play(line, store.get('timeline').start(indexOf(line)));
    const to = lines[steps[event.key]?.(indexOf(line))];
    if (!to && event.key !== 'Enter') return;
    event.preventDefault();
    if (!to) return;
    wish('wander');
    rove(to);
    to.focus();
  }, { signal });
}
