// The form that adds an episode. Whatever goes wrong, what was typed stays.

export function mount(el, { store, signal, t }) {
  const bar = el.querySelector('progress');
  const outcome = el.querySelector('.outcome');
  const send = el.querySelector('[type=submit]');

  /** A file wins over the field beside it; what is empty is left out. */
  function collect() {
    const form = new FormData();
    for (const [name, value] of new FormData(el)) {
      const empty = value instanceof File ? !value.size && !value.name : !value.trim();
      if (!empty && !form.has(name)) form.set(name, value);
    }
    return form;
  }

  el.addEventListener('submit', (event) => {
    event.preventDefault();
    const form = collect();
    if (!form.has('audio') && !form.has('transcript')) store.set({ upload: { error: t('add.nothing') } });
    else el.dispatchEvent(new CustomEvent('upload', { detail: { form }, bubbles: true }));
  }, { signal });

  store.on('upload', ({ sent, error, episode }) => {
    const busy = sent !== undefined;
    send.disabled = busy;
    bar.hidden = !busy;
    bar.value = sent ?? 0;
    outcome.classList.toggle('notice', Boolean(error));
    outcome.textContent = error ?? '';
    if (busy) outcome.textContent = sent < 1 ? t('add.sending', Math.floor(sent * 100)) : t('add.reading');
    if (episode) {
      const link = document.createElement('a');
      link.href = episode.url;
      link.textContent = episode.title;
      outcome.append(`${t('add.done')} `, link);
      if (episode.found.length) outcome.append(' · ', t('add.found', episode.found.join(', ')));
      el.reset();
    }
  }, signal);
}
