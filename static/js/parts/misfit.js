// Says that text and sound differ in length, where they do.

/** How long, in words; no more exactly than it can matter. */
function length(t, ms) {
  const exact = Math.round(Math.abs(ms) / 1000);
  if (exact <= 20) return t('misfit.seconds', exact);
  const s = Math.round(exact / 5) * 5;
  if (s < 90) return t('misfit.seconds.about', s);
  return s % 60 ? t('misfit.minutes.about', Math.floor(s / 60), s % 60) : t('misfit.minutes', s / 60);
}

export function mount(el, { store, signal, t }) {
  const words = el.querySelector('span');
  const mend = el.querySelector('[data-act=begin]');
  const root = document.documentElement;
  let later = null; // the notice that was put off

  function show() {
    const notice = store.get('notice');
    const busy = store.get('resync') ?? store.get('timing'); // their panels stand there
    const held = el.contains(document.activeElement);
    el.hidden = !notice || notice === later || busy !== null;
    root.toggleAttribute('data-note', !el.hidden);
    if (el.hidden) {
      if (held && !busy) document.querySelector('.play').focus({ preventScroll: true });
      return;
    }
    const { changed, over, linked } = notice;
    const sentences = [changed && t('misfit.changed'), over > 0 && t('misfit.text', length(t, over)), over < 0 && t('misfit.sound', length(t, over)), linked && t('misfit.link')];
    words.textContent = sentences.filter(Boolean).join(' ');
    mend.dataset.way = over > 0 ? 'behind' : 'ahead';
    measure();
  }
  const measure = () => root.style.setProperty('--note', `${el.offsetHeight}px`);
  el.addEventListener('click', ({ target }) => {
    const { act, way } = target.closest('button')?.dataset ?? {};
    if (act === 'later') {
      later = store.get('notice');
      show();
    } else if (act) el.dispatchEvent(new CustomEvent('resync', { detail: { act, way }, bubbles: true }));
  }, { signal });
  for (const noun of ['notice', 'resync', 'timing']) store.on(noun, show, signal);
  new ResizeObserver(measure).observe(el);
}
