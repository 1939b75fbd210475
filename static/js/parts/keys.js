// The keys that work anywhere on the page, unless something else has a use for
// them. While lines are timed, the letters are that mode's.

const own = 'input, textarea, select, button, a, summary, [contenteditable], [popover]';
const wishes = {
  ' ': ['toggle'],
  ArrowLeft: ['skip', { by: -15_000 }],
  ArrowRight: ['skip', { by: 30_000 }],
};
const letters = {
  p: ['turn', { by: -1 }],
  n: ['turn', { by: 1 }],
  l: ['loop'],
  '<': ['faster', { by: -1 }],
  '>': ['faster', { by: 1 }],
  e: ['delay', { by: -1 }],
  d: ['delay', { by: 1 }],
  v: ['follow'],
  i: ['announce'],
  '/': ['find'],
  '?': ['help'],
};

export function mount(el, { store, signal }) {
  el.addEventListener('keydown', (event) => {
    const letter = store.get('letters') && !store.get('timing') && letters[event.key];
    const wish = letter || (!event.shiftKey && wishes[event.key]);
    if (!wish || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.target.closest(own)) return;
    event.preventDefault();
    el.dispatchEvent(new CustomEvent(wish[0], { detail: wish[1] ?? {}, bubbles: true }));
  }, { signal });
}
