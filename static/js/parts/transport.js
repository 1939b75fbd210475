// The bar with the buttons: shows the player's state, passes wishes up.

import { clock } from '../core/clock.js';

/** @param can what the player can do: what it cannot is not there */
export function mount(el, { store, signal, t, can }) {
  const part = (selector) => el.querySelector(selector);
  const wish = (name, detail) => el.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  const play = part('.play');
  const voice = part('.voice');
  const rate = part('select');
  const plusMinus = part('.plus-minus');
  const back = part('.back');
  const now = part('[data-now]').firstChild; // its text: another one would be an element's new content

  play.addEventListener('click', () => wish('toggle'), { signal });
  voice.addEventListener('click', () => wish('follow'), { signal });
  back.addEventListener('click', () => wish('seek', { ms: store.get('back') }), { signal });
  el.addEventListener('click', ({ target }) => target.closest('.signs button, .voice') && play.focus(), { signal }); // they go
  part('.rate').hidden = !can.rate;
  rate.addEventListener('change', () => wish('rate', { rate: Number(rate.value) }), { signal });
  for (const button of el.querySelectorAll('[data-skip]')) {
    button.addEventListener('click', () => wish('skip', { by: Number(button.dataset.skip) }), { signal });
  }

  store.on('playing', (playing) => {
    el.toggleAttribute('data-playing', playing);
    play.setAttribute('aria-label', t(playing ? 'pause' : 'play'));
  }, signal);
  store.on('trouble', (sentence) => (part('.trouble').textContent = sentence), signal);
  store.on('duration', (ms) => ms && (part('[data-duration]').textContent = clock(ms)), signal);
  store.on('second', (second) => (now.data = clock(second * 1000)), signal);

  store.on('back', (ms) => {
    back.hidden = ms === null;
    if (ms !== null) back.textContent = t('place.back', clock(ms));
  }, signal);
  store.on('plusMinus', (ms) => {
    plusMinus.hidden = !ms;
    plusMinus.textContent = t('plusminus', (Math.ceil(ms / 100) / 10).toLocaleString(document.documentElement.lang, { minimumFractionDigits: 1 }));
  }, signal);

  store.on('rate', (value) => {
    if (!Array.from(rate.options).some((option) => Number(option.value) === value)) {
      rate.add(new Option(`${value}×`, value), Array.from(rate.options).find((option) => Number(option.value) > value));
    }
    rate.value = value;
  }, signal);

  function showVoice() {
    const way = store.get('voice');
    voice.hidden = store.get('following') || !way;
    voice.dataset.way = way;
    voice.setAttribute('aria-label', t(`voice.${way}`));
  }
  store.on('following', showVoice, signal);
  store.on('voice', showVoice, signal);
}
