// What to do with a selected passage: buttons beside it.

import { endOf, startOf, writeLink, writeQuote } from '../core/passage.js';
import { offsetIn } from '../core/place.js';

const GAP = 10; // px between the passage and the buttons
const STAYS = 1400; // ms that "copied" can be read

export function mount(el, { store, signal, t, transcript, page, title }) {
  const status = el.querySelector('[role=status]');
  const loop = el.querySelector('[data-loop]');
  let passage = null;
  let pressed = document.documentElement.matches(':active'); // somebody is selecting just now

  const lineOf = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest('[data-line]');

  /** The lines a range touches with at least one letter. */
  function linesIn(range) {
    const all = range.commonAncestorContainer;
    const within = all.nodeType === Node.ELEMENT_NODE && !lineOf(all) ? all.querySelectorAll('[data-line]') : [lineOf(all)];
    return Array.from(within).filter((line) => line && transcript.contains(line) && range.intersectsNode(line) && textIn(line, range).trim());
  }
  function ends(line, range) {
    return [offsetIn(line, range.startContainer, range.startOffset), offsetIn(line, range.endContainer, range.endOffset)];
  }
  function textIn(line, range) {
    return line.textContent.slice(...ends(line, range));
  }

  function turnsIn(lines, range) {
    const turns = [];
    for (const line of lines) {
      const speaker = store.get('speakerOf')(Number(line.dataset.line));
      const text = textIn(line, range).replace(/\s+/g, ' ').trim();
      if (turns.at(-1)?.speaker === speaker) turns.at(-1).text += ` ${text}`;
      else turns.push({ speaker, text });
    }
    return turns;
  }

  function read(range) {
    const timeline = store.get('common') ?? store.get('timeline'); // a link is for others too
    const lines = linesIn(range);
    if (!lines.length || !timeline) return null;
    const first = lines[0];
    const last = lines.at(-1);
    const place = (line, offset) => ({ line: Number(line.dataset.line), offset, text: line.textContent });
    const turns = turnsIn(lines, range);
    const from = startOf(timeline, place(first, firstLetter(first, range)));
    const to = endOf(timeline, place(last, ends(last, range)[1]));
    const link = writeLink(page, { from, to, text: turns[0].text });
    const guess = (line) => timeline.plusMinus(Number(line.dataset.line)) > 0;
    const sure = from >= 0 && to > from && to < Infinity && !guess(first) && !guess(last);
    const text = { from: place(first, firstLetter(first, range)), to: place(last, ends(last, range)[1]) };
    return { link, quote: writeQuote(turns, { title, from, link, guess: guess(first) }), loop: sure ? { from, to, text } : null };
  }
  /** A selection often begins in the space before its first word. */
  function firstLetter(line, range) {
    const from = ends(line, range)[0];
    return from + line.textContent.slice(from).search(/\S|$/);
  }

  function offer() {
    const selection = getSelection();
    if (pressed || el.contains(document.activeElement)) return;
    const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
    passage = range && range.intersectsNode(transcript) ? read(range) : null;
    el.hidden = !passage;
    store.set({ selected: passage?.loop ?? null });
    if (!passage) return;
    if (loop) loop.hidden = !passage.loop;
    status.textContent = '';
    const box = Array.from(range.getClientRects()).at(-1);
    const left = Math.max(8, Math.min(box.right - el.offsetWidth / 2, document.documentElement.clientWidth - el.offsetWidth - 8));
    el.style.left = `${left + scrollX}px`;
    el.style.top = `${box.bottom + GAP + scrollY}px`;
  }

  document.addEventListener('selectionchange', offer, { signal });
  addEventListener('pointerdown', (event) => (pressed = !el.contains(event.target)), { signal });
  addEventListener('pointerup', () => {
    pressed = false;
    setTimeout(offer); // the browser settles the selection first
  }, { signal });
  addEventListener('pointercancel', () => (pressed = false), { signal }); // touch: the browser selects by itself
  el.addEventListener('pointerdown', (event) => event.preventDefault(), { signal }); // keeps the selection

  function wishLoop() {
    el.dispatchEvent(new CustomEvent('loop', { detail: { passage: passage.loop }, bubbles: true }));
    el.hidden = true;
  }
  el.addEventListener('click', (event) => {
    const kind = event.target.closest('[data-copy]')?.dataset.copy;
    if (event.target.closest('[data-loop]')) wishLoop();
    if (kind && passage) el.dispatchEvent(new CustomEvent('copy-text', { detail: { text: passage[kind], kind }, bubbles: true }));
  }, { signal });
  el.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    el.hidden = true;
    getSelection().removeAllRanges();
  }, { signal });
  offer();

  store.on('copied', ({ kind }) => {
    status.textContent = t(kind ? `quote.copied.${kind}` : 'quote.failed');
    if (kind) setTimeout(() => (el.hidden = true), STAYS);
  }, signal);
}
