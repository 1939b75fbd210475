// The room of somebody else's player: the ask, until it is granted, then their
// frame, large or slim.

export function mount(el, { store, signal }) {
  el.querySelector('button').addEventListener('click', () => el.dispatchEvent(new CustomEvent('load-player', { bubbles: true })), { signal });
  store.on('frame', (size) => (el.dataset.size = size), signal);
}
