// The sign that somebody is passed over; pressing it lets everyone be heard.

export function mount(el, { store, signal, t }) {
  const words = el.querySelector('span');
  el.addEventListener('click', () => {
    el.dispatchEvent(new CustomEvent('pass-over', { detail: { voices: [] }, bubbles: true }));
  }, { signal });

  function show() {
    const { names, of } = store.get('voices');
    const passed = store.get('passed');
    const voices = Array.from(new Set(of)).filter((voice) => voice >= 0);
    const heard = voices.filter((voice) => !passed.has(voice));
    const list = (some) => some.map((voice) => names[voice]).join(', ');
    const sentence = heard.length === 1 ? t('speakers.only.of', list(heard)) : t('speakers.without', list(voices.filter((voice) => passed.has(voice))));
    el.hidden = passed.size === 0;
    words.textContent = sentence;
    el.setAttribute('aria-label', t('speakers.off', sentence));
  }
  store.on('passed', show, signal);
  store.on('voices', show, signal);
}
