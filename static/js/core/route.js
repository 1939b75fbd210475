// Where the sound does not simply go on: a linked passage ends, a loop goes
// back, and what is not to be heard is passed over.

/**
 * @typedef {object} Route
 * @property {number|null} until where a linked passage ends, ms
 * @property {{from: number, to: number}|null} loop what is heard again and again
 * @property {{from: number, to: number}[]} skips what is passed over, in order,
 *   apart from each other; `to` is Infinity where nothing more is to be heard
 */

export const straight = Object.freeze({ until: null, loop: null, skips: Object.freeze([]) });

/** The stretch that a time lies in, if it is passed over. */
export const skipAt = ({ skips }, now) => skips.find(({ from, to }) => from <= now && now < to);

/**
 * What happens at a time: null goes on.
 * @param {Route} route
 * @returns {{stop: true}|{to: number}|null}
 */
export function turnAt(route, now) {
  if (route.until !== null && now >= route.until) return { stop: true };
  if (route.loop && now >= route.loop.to) return { to: route.loop.from };
  const skip = skipAt(route, now);
  if (!skip) return null;
  if (route.loop && skip.to >= route.loop.to) { // nothing more of the loop is to be heard; or nothing at all: then it is heard
    return route.loop.from < skip.from ? { to: route.loop.from } : null;
  }
  return skip.to === Infinity ? { stop: true } : { to: skip.to };
}

/**
 * The next time after now at which something may happen; Infinity if never.
 * @param {Route} route
 */
export function nextTurn(route, now) {
  const next = route.skips.find(({ from }) => from > now);
  const ahead = [route.until, route.loop?.to, next?.from].filter((ms) => ms > now);
  return Math.min(Infinity, ...ahead);
}

/** Where one lands who goes back to ms: what is passed over does not count. */
export function backTo(route, ms) {
  const skip = skipAt(route, ms);
  return skip && skip.to < Infinity ? backTo(route, skip.from - (skip.to - ms)) : ms;
}
