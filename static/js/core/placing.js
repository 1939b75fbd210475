// Where a listener is in an episode, and which of two places is the newer one.

const NEARLY = 3000; // ms from the end: the next visit begins anew
const AHEAD = 60_000; // ms by which two clocks may differ; what is from further ahead is from a clock that was set wrong

/**
 * @typedef {object} Place
 * @property {number} ms where
 * @property {number} at when that was heard, ms since 1970
 */

/**
 * What was kept, as a place; null if it is none. A bare number is from before
 * places had a time: any other is newer.
 * @returns {Place|null}
 */
export function readPlace(kept, now) {
  const { ms, at } = typeof kept === 'number' ? { ms: kept, at: 0 } : kept ?? {};
  if (!(ms >= 0 && ms < Infinity && at >= 0)) return null;
  return { ms, at: at > now + AHEAD ? 0 : at };
}

/** Whether one place, if it is one, was heard after another. */
export const isNewer = (one, other) => one !== null && (other === null || one.at > other.at);

/** Where the next visit begins. */
export const beginAt = (ms, duration) => (ms > (duration ?? Infinity) - NEARLY ? 0 : ms);
