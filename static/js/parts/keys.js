// The keys that work anywhere on the page, unless something else has a use for them.

const own = 'input, textarea, select, button, a, summary, [contenteditable]';
const wishes = {
  ' ': ['toggle'],
  ArrowLeft: ['skip', { by: -15_000 }],
  ArrowRight: ['skip', { by: 30_000 }],
};

export function mount(el, { signal }) {
  el.addEventListener('keydown', (event) => {
    const wish = wishes[event.key];
    const modified = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
    if (!wish || modified || event.defaultPrevented || event.target.closest(own)) return;
    event.preventDefault();
    el.dispatchEvent(new CustomEvent(wish[0], { detail: wish[1], bubbles: true }));
  }, { signal });
}
