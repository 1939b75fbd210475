// Sounds that a saved page names, to be confirmed by who has signed in.

import { Refusal } from '../io/api.js';
import * as found from '../parts/found.js';

export function createConfirming(el, { store, signal, t, api, page }) {
  found.mount(el, { store, signal });

  /** Takes one for the episode's own; null takes none. */
  async function confirm({ url }) {
    store.set({ confirming: { busy: true } });
    try {
      await api.changeEpisode(page.episode, url ? { audio: url } : { found: false });
      location.reload();
    } catch (error) {
      store.set({ confirming: { error: (error instanceof Refusal && error.message) || t('found.failed') } });
    }
  }
  document.addEventListener('confirm-sound', ({ detail }) => confirm(detail), { signal });
}
