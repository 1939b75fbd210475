// The first of two taps: says that the text is ahead of the voice, or behind it.

import { sureLine } from '../core/resync.js';

export function mount(el, { store, signal, t, page }) {
  const held = el.querySelector('.held');

  function show() {
    const mine = Boolean(store.get('common'));
    held.hidden = !mine && !('signed' in page && store.get('shift').length);
    held.querySelector('span').textContent = t(mine ? 'sync.held' : 'sync.held.everyone');
  }
  el.addEventListener('click', ({ target }) => {
    const { act, way } = target.closest('button')?.dataset ?? {};
    if (!act) return;
    if (act === 'begin') el.closest('[popover]').hidePopover();
    el.dispatchEvent(new CustomEvent('resync', { detail: { act, way }, bubbles: true }));
  }, { signal });
  store.on('shift', show, signal);
  store.on('common', show, signal);
  show();
  el.hidden = sureLine(store.get('timeline'), 0) < 0; // nothing to go by
}
