// The help in the panel: brings it into view, and remembers what is chosen there.

import { remember } from '../io/memory.js';

/** @returns {() => void} shows the help, the panel being open */
export function createHelp(panel, { store, signal }) {
  document.addEventListener('letters', ({ detail: { on } }) => {
    remember('letters', on);
    store.set({ letters: on });
  }, { signal });
  const title = panel.querySelector('.help summary');
  return () => {
    title.parentElement.open = true;
    title.focus({ preventScroll: true });
    panel.scrollTop = title.offsetTop;
  };
}
