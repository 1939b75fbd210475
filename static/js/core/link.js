// The stretch of time that an address names: ?t=131 (from there) or
// ?t=131.2,140.5 (just that).

import { parseClock } from './clock.js';

/** @returns {{from: number, to: number|null}|null} in ms; null if the link names no time */
export function readLink(search) {
  const [first, last] = (new URLSearchParams(search).get('t') ?? '').split(',');
  const from = parseClock(first);
  if (from === null) return null;
  const to = last === undefined ? null : parseClock(last);
  return { from, to: to !== null && to > from ? to : null };
}
