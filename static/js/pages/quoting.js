// What can be done with a selected passage: loaded when somebody selects one.

import { copy } from '../io/clipboard.js';
import * as quote from '../parts/quote.js';

export function createQuoting(el, shared) {
  const { store, signal } = shared;
  document.addEventListener('copy-text', ({ detail: { text, kind } }) => copy(text).then(
    () => store.set({ copied: { kind } }),
    () => store.set({ copied: { kind: null } }),
  ), { signal });
  quote.mount(el, { ...shared, page: location.origin + location.pathname, title: document.querySelector('h1').textContent });
}
