// A line under the reader's hand: clicks and keys on it become wishes to play it.

import { steps } from '../core/keys.js';
import { offsetIn, wordAtOffset, wordOffsets } from '../core/place.js';

const DRAG = 5; // px; a pointer that went further was selecting

export function mount(el, { store, signal, lines }) {
  const indexOf = (line) => Number(line.dataset.line);
  const wish = (name, detail) => el.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));

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
  store.on('spoken', ({ line }) => line >= 0 && !el.contains(document.activeElement) && rove(lines[line]), signal);

  /** Moves the focus; whether anything is to scroll is for who follows the voice. */
  function focus(line) {
    rove(line);
    line.focus({ preventScroll: true });
  }

  el.addEventListener('keydown', (event) => {
    const line = event.target.closest('[data-line]');
    if (!line || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' && store.get('timeline')) play(line, store.get('timeline').start(indexOf(line)));
    const to = lines[steps[event.key]?.(indexOf(line), lines.length)];
    if (!to && event.key !== 'Enter') return;
    event.preventDefault();
    if (!to) return;
    focus(to);
    wish('wander', { line: indexOf(to) });
  }, { signal });

  // — the links that skip what stands before the text

  /** The line being spoken or, if none is, the last that was. */
  function voice() {
    const { line, maybe, said } = store.get('spoken');
    return lines[line] ?? lines[maybe[0]] ?? lines[said] ?? rover;
  }
  document.addEventListener('click', (event) => {
    const to = event.target.closest('[data-to]')?.dataset.to;
    if (!to) return;
    event.preventDefault();
    focus(to === 'voice' ? voice() : rover);
    if (to === 'voice') wish('follow');
    else wish('wander', { line: indexOf(rover) });
  }, { signal });
}
