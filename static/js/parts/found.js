// The sounds that a saved page names: nobody plays one until somebody has said
// that it is this episode's.

export function mount(el, { store, signal }) {
  const outcome = el.querySelector('.outcome');
  const buttons = Array.from(el.querySelectorAll('[data-use]'));

  for (const button of buttons) {
    button.addEventListener('click', () => {
      el.dispatchEvent(new CustomEvent('confirm-sound', { detail: { url: button.dataset.use || null }, bubbles: true }));
    }, { signal });
  }

  store.on('confirming', ({ busy, error }) => {
    for (const button of buttons) button.disabled = Boolean(busy);
    outcome.classList.toggle('notice', Boolean(error));
    outcome.textContent = error ?? '';
  }, signal);
}
