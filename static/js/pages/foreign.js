// The sound of an episode that is in somebody else's player: asks before
// anything of theirs is loaded, then gives their frame the room it needs.

import { createReports } from '../core/reports.js';
import { openChannel } from '../io/channel.js';
import { framedPlayer } from '../io/framed.js';
import * as frame from '../parts/frame.js';

const blocking = new Set(['dumb', 'failed', 'refused']); // what may need a tap in their frame

/** Their player, and the sentence for each of its troubles. */
export async function openForeign(el, { store, signal, t }) {
  const { kind, src, name } = el.dataset;
  const words = await import(`../io/${kind}.js`);
  const open = (heard) => openChannel(el, { src, title: t('frame', name), ...heard });
  const player = framedPlayer({ open, words, clock: createReports() });
  const troubles = {
    unasked: t('frame.unasked', name),
    dumb: t('frame.dumb', name),
    failed: t('frame.failed', name),
    refused: t('frame.refused', name),
    odd: t('frame.odd', name),
  };

  function makeRoom() {
    const small = player.frame === 'heard' && !blocking.has(player.trouble);
    store.set({ frame: player.frame ? (small ? 'slim' : 'full') : 'ask' });
  }
  frame.mount(el, { store, signal });
  player.on('state', makeRoom, signal);
  document.addEventListener('load-player', player.load, { signal });
  return [player, troubles];
}
