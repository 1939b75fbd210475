// Beside the clock: the loop that is on, with what ends it; and for a moment
// what a key has changed. In the text: the passage that is looped.

import { setRange } from '../core/place.js';

const STAYS = 2500; // ms that a sign can be read

export function mount(el, { store, signal, t, lines }) {
  const signs = document.createElement('div');
  const end = document.createElement('button');
  const sign = document.createElement('p');
  signs.className = 'signs';
  end.type = 'button';
  end.hidden = true;
  end.textContent = `${t('loop')} ×`;
  end.setAttribute('aria-label', t('loop.end'));
  sign.setAttribute('role', 'status');
  signs.append(end, sign);
  el.querySelector('.clock').after(signs);
  end.addEventListener('click', () => end.dispatchEvent(new CustomEvent('loop', { detail: {}, bubbles: true })), { signal });

  const marked = new (window.Highlight ?? Set)();
  CSS.highlights?.set('loop', marked);
  function mark({ from, to }) {
    const range = setRange(new Range(), lines[from.line], from.offset, Infinity);
    const last = setRange(new Range(), lines[to.line], 0, to.offset);
    range.setEnd(last.endContainer, last.endOffset);
    marked.add(range);
  }
  let shown = null;
  store.on('route', ({ loop }) => {
    if (loop === shown) return;
    shown = loop;
    end.hidden = !loop;
    marked.clear();
    if (loop) mark(loop.text);
  }, signal);

  let timer = 0;
  store.on('sign', ({ sentence }) => {
    sign.textContent = sentence;
    clearTimeout(timer);
    timer = setTimeout(() => (sign.textContent = ''), STAYS);
  }, signal);
}
