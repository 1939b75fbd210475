// Says that text and sound differ in length, where they do.

/** How long, in words. */
function length(t, ms) {
  const s = Math.round(Math.abs(ms) / 1000);
  return s < 90 ? t('misfit.seconds', s) : t('misfit.minutes', Math.floor(s / 60), s % 60);
}

export function mount(el, { store, signal, t }) {
  const words = el.querySelector('span');
  const mend = el.querySelector('[data-act=begin]');

  function show() {
    const notice = store.get('notice');
    el.hidden = !notice;
    if (!notice) return;
    const { changed, over } = notice;
    const sentences = [changed && t('misfit.changed'), over > 0 && t('misfit.text', length(t, over)), over < 0 && t('misfit.sound', length(t, over))];
    words.textContent = sentences.filter(Boolean).join(' ');
    mend.dataset.way = over > 0 ? 'behind' : 'ahead';
  }
  el.addEventListener('click', ({ target }) => {
    const { act, way } = target.closest('button')?.dataset ?? {};
    if (act) el.dispatchEvent(new CustomEvent('resync', { detail: { act, way }, bubbles: true }));
  }, { signal });
  store.on('notice', show, signal);
}
