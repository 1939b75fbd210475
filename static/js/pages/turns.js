// The keys for the next turn and the one before: loaded when one is pressed.

import { turnFrom } from '../core/turns.js';

/** Where the turn before (by −1) or after begins, as far as that is known for sure. */
export function findTurn(by, { store, player }) {
  const timeline = store.get('timeline');
  if (!timeline) return undefined;
  const heads = Array.from(document.querySelectorAll('.turn:not(.on) [data-line]:first-child'), (line) => Number(line.dataset.line));
  const starts = heads.filter((line) => timeline.plusMinus(line) === 0).map(timeline.start).filter((ms) => ms >= 0);
  return turnFrom(store.get('route'), starts, player.now(), by);
}
