// Says what is being spoken, to whoever listens to the page with a screen
// reader: only when asked, for the page has a voice of its own. Loaded then.

import { clock } from '../core/clock.js';

const SOON = 50; // ms; a sentence is said again only if it was gone

export function say(el, { store, t, lines }) {
  const { line, maybe, about, said } = store.get('spoken');
  function words(index, guess = false) {
    const time = clock(store.get('timeline').start(index));
    const who = store.get('speakerOf')(index);
    return [who, guess ? t('guess.here', time) : time, lines[index].textContent.trim()].filter(Boolean).join(', ');
  }
  function sentence() {
    if (said >= 0) return t('announce.said', words(said));
    if (line >= 0) return words(line);
    const guess = maybe[0] ?? about;
    return guess >= 0 ? words(guess, true) : t('announce.nothing');
  }
  el.textContent = '';
  setTimeout(() => (el.textContent = sentence()), SOON);
}
