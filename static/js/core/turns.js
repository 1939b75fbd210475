// From turn to turn, like from song to song.

import { skipAt } from './route.js';

const WHILE = 2000; // ms of a turn after which "previous" means its own start

/**
 * Where the turn before (by −1) or after (1) begins that is to be heard; before
 * is this one's own start if it has gone on for a while. undefined if there is none.
 * @param {number[]} starts of turns, in order
 */
export function turnFrom(route, starts, now, by) {
  const heard = starts.filter((ms) => !skipAt(route, ms));
  if (by > 0) return heard.find((ms) => ms > now);
  return heard.findLast((ms) => ms <= now - WHILE) ?? heard.find((ms) => ms <= now);
}
