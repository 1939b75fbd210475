// The loop that is on, with what ends it; for a moment what a key has changed.
// In the text: the passage that is looped.

import { passageRanges } from '../core/place.js';

const STAYS = 2500; // ms that a sign can be read

export function mount(el, { store, signal, lines, mark }) {
  const end = el.querySelector('.again');
  const sign = el.querySelector('p');
  const marked = mark('loop');
  end.addEventListener('click', () => end.dispatchEvent(new CustomEvent('loop', { detail: {}, bubbles: true })), { signal });

  let shown = null;
  store.on('route', ({ loop }) => {
    if (loop === shown) return;
    shown = loop;
    end.hidden = !loop;
    marked.set(loop ? passageRanges(lines, loop.text) : []);
  }, signal);

  let timer = 0;
  store.on('sign', ({ sentence }) => {
    sign.textContent = sentence;
    clearTimeout(timer);
    timer = setTimeout(() => (sign.textContent = ''), STAYS);
  }, signal);
}
