// The keys that work anywhere on the page, unless something else has a use for
// them. While lines are timed, the letters are that mode's; a list of
// speeds has no use for any.

import { anywhere } from '../core/keys.js';

const writing = 'input:not([type="range"], [type="radio"], [type="checkbox"]), textarea, [popover] select, [contenteditable]';
const own = `${writing}, input, select, button, a, summary, [popover]`; // these have a use for the space bar and the arrows

const gather = (rows) => Object.assign({}, ...rows.map(({ keys }) => keys));
const letters = gather(anywhere.filter(({ letter }) => letter));
const others = gather(anywhere.filter(({ letter }) => !letter));

export function mount(el, { store, signal }) {
  function wishOf({ key, shiftKey, target }) {
    const letter = letters[key.toLowerCase()];
    if (letter) return store.get('letters') && !store.get('timing') && !target.closest(writing) && letter;
    return !shiftKey && !target.closest(own) && others[key];
  }
  el.addEventListener('keydown', (event) => {
    const wish = !event.ctrlKey && !event.metaKey && !event.altKey && !event.defaultPrevented && wishOf(event);
    if (!wish) return;
    event.preventDefault();
    el.dispatchEvent(new CustomEvent(wish[0], { detail: wish[1] ?? {}, bubbles: true }));
  }, { signal });
}
