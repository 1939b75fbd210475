// Says in words what a dotted rule means: for a line whose time is a guess,
// on hovering, focusing or tapping it.

import { clock } from '../core/clock.js';

const ROOM = 210; // px of margin that its words need
const GAP = 28;

export function mount(el, { store, signal, t, transcript }) {
  let about = null;

  function width(ms) {
    return ms < 90_000 ? t('guess.seconds', Math.ceil(ms / 1000)) : t('guess.minutes', Math.ceil(ms / 60_000));
  }
  function sentence(timeline, index) {
    if (timeline.start(index) < 0) return t('guess.none');
    const guess = timeline.plusMinus(index);
    return guess ? t('guess.time', clock(timeline.start(index)), width(guess)) : '';
  }

  function show(line) {
    if (line === about) return;
    about?.removeAttribute('aria-describedby');
    about = line;
    const timeline = store.get('timeline');
    const words = line && timeline ? sentence(timeline, Number(line.dataset.line)) : '';
    el.hidden = !words;
    if (!words) return;
    el.textContent = words;
    line.setAttribute('aria-describedby', el.id);
    place(line);
  }

  /** Beside the line where the margin has room, else over it. */
  function place(line) {
    const { right } = line.parentElement.getBoundingClientRect();
    const box = line.getClientRects()[0];
    const beside = innerWidth - right > ROOM;
    const left = beside ? right + GAP : Math.max(8, Math.min(box.left, innerWidth - el.offsetWidth - 8));
    const top = beside ? box.top : box.top - el.offsetHeight - 4;
    el.toggleAttribute('data-beside', beside);
    el.style.left = `${left + scrollX}px`;
    el.style.top = `${top + scrollY}px`;
  }

  const lineOf = (event) => event.target.closest('[data-line]');
  transcript.addEventListener('pointerover', (event) => show(lineOf(event)), { signal });
  transcript.addEventListener('pointerleave', () => show(null), { signal });
  transcript.addEventListener('focusin', (event) => show(lineOf(event)), { signal });
  transcript.addEventListener('focusout', () => show(null), { signal });
  addEventListener('keydown', (event) => event.key === 'Escape' && show(null), { signal });
}
