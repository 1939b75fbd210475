// Which line and word are spoken at a time, and when that changes next. Times
// are whole milliseconds; ranges are half-open: at the very start of a line it
// is that line, not the one before.

const FAR = 30_000; // nothing is lit whose time is less certain than this, ±
const FEW = 6; // more candidates than this are not a light but a fog

const unknown = -1;
const nobody = Object.freeze([]);

/** Index of the last value ≤ t in the first n of an ascending list, −1 if none. */
export function lastAtOrBefore(list, t, n = list.length) {
  let low = 0;
  let high = n;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle] <= t) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Undoes delta coding: each known value counts from the known one before it. */
export function sums(deltas, from) {
  let at = from;
  return deltas.map((delta) => (delta === null ? unknown : (at += delta)));
}

/**
 * The last time before, and the first after, each line of known at which it
 * cannot be spoken, however wide its ±: lines are said in their order. Sure are
 * starts without a ±, the ends of such lines, and the end of a guess that a sure
 * start follows. An end behind the next sure start is another voice's.
 */
function bounds(known, start, plusMinus, end) {
  const n = known.length;
  const floor = new Float64Array(n);
  const ceiling = new Float64Array(n);
  const sure = (k) => !plusMinus(known[k]);
  const ends = new Float64Array(n).fill(unknown);
  let high = Infinity;
  for (let k = n - 1; k >= 0; k--) {
    if (sure(k) || (k + 1 < n && sure(k + 1))) ends[k] = Math.min(end(known[k]), high);
    if (!sure(k) && ends[k] !== unknown) high = ends[k];
    ceiling[k] = high;
    if (sure(k)) high = Math.min(high, start[known[k]]);
  }
  let low = 0;
  for (let k = 0; k < n; k++) {
    floor[k] = low;
    low = Math.max(low, ends[k], sure(k) ? start[known[k]] : unknown);
  }
  return { floor, ceiling };
}

/**
 * @param {{start: (number|null)[], length: (number|null)[], plusMinus?: (number|null)[],
 *   words?: ((number|null)[]|null)[], offsets?: Record<string, number[]>}} times as the server sends them
 */
export function createTimeline(times) {
  const start = sums(times.start, 0);
  const known = []; // lines with a time, in order
  const rank = new Int32Array(start.length).fill(unknown); // place of a line in known
  start.forEach((ms, i) => ms !== unknown && (rank[i] = known.push(i) - 1));
  /** A value for each line of known, without a list on the way: there may be many. */
  function column(valueOf) {
    const values = new Float64Array(known.length);
    for (let k = 0; k < known.length; k++) values[k] = valueOf(known[k], k);
    return values;
  }
  const starts = column((i) => start[i]);

  const following = (i) => known[rank[i] + 1];
  const plusMinus = (i) => Math.max(0, times.plusMinus?.[i] ?? 0);
  const end = (i) => {
    if (rank[i] < 0) return unknown;
    if (times.length[i] !== null) return start[i] + times.length[i];
    const next = following(i);
    return next === undefined ? Infinity : start[next];
  };
  // Where a line without an end of its own meets a guess, its end is as vague as that guess.
  const blur = (i) => {
    const next = following(i);
    return times.length[i] === null && next !== undefined ? Math.max(plusMinus(i), plusMinus(next)) : plusMinus(i);
  };
  const { floor, ceiling } = bounds(known, start, plusMinus, (i) => (times.length[i] === null ? unknown : end(i)));
  const blurs = column(blur);
  const from = column((i, k) => (plusMinus(i) ? Math.max(start[i] - plusMinus(i), floor[k]) : start[i]));
  const to = column((i, k) => Math.min(end(i) + blurs[k], ceiling[k]));
  const sureUntil = (i) => Math.max(start[i], end(i) - blurs[rank[i]]);

  const longest = known.reduce((most, i) => Math.max(most, end(i) === Infinity ? 0 : end(i) - start[i]), 0);
  const bounded = new Float64Array(known.length * 5);
  let bound = 0;
  known.forEach((i, k) => {
    for (const ms of blurs[k] ? [from[k], to[k], sureUntil(i)] : []) bounded[bound++] = ms;
    bounded[bound++] = start[i];
    bounded[bound++] = end(i);
  });
  const edges = bounded.subarray(0, bound).sort();

  // When each line is surely over, and the latest of these up to each line: a
  // voice may go on while others begin.
  const closes = column((i) => (plusMinus(i) ? unknown : sureUntil(i)));
  let latest = unknown;
  const reach = closes.map((ms) => (latest = Math.max(latest, ms)));

  let wordsLine = unknown;
  let wordStarts = null;
  /** Start of each word of line i, −1 where unknown; null if the line has no word times. */
  function words(i) {
    if (i !== wordsLine) {
      wordsLine = i;
      wordStarts = times.words?.[i] ? sums(times.words[i], start[i]) : null;
    }
    return wordStarts;
  }

  function wordAt(i, t) {
    const list = words(i) ?? nobody;
    for (let k = list.length - 1; k >= 0; k--) if (list[k] !== unknown && list[k] <= t) return k;
    return unknown;
  }

  let fog = nobody; // the last candidates, kept so that the same answer is the same value
  function candidates(near, t) {
    const found = [];
    let k = rank[near];
    while (k > 0 && starts[k - 1] + longest + FAR >= t) k--;
    for (; k < known.length && starts[k] - FAR <= t; k++) {
      if (blurs[k] && blurs[k] <= FAR && from[k] <= t && t < to[k]) found.push(known[k]);
    }
    if (found.length !== fog.length || found.some((i, n) => i !== fog[n])) fog = found;
    return fog;
  }

  let others = nobody; // kept like the fog
  /** The lines that surely are being spoken at t, the last to begin first. */
  function open(t) {
    const found = [];
    for (let k = lastAtOrBefore(starts, t); k >= 0 && reach[k] > t; k--) if (closes[k] > t) found.push(known[k]);
    const also = found.slice(1);
    if (also.length !== others.length || also.some((i, n) => i !== others[n])) others = also.length ? also : nobody;
    return found;
  }

  /**
   * What is spoken at t: `line` is known and began last, `also` are those that
   * began before it and go on, `maybe` are the lines it may be, `about` is where
   * it roughly is when it may be too many; `said` is the last line, while nobody
   * speaks. −1 is none.
   */
  function at(t) {
    const near = known[Math.max(0, lastAtOrBefore(starts, t))] ?? unknown;
    const dark = { line: unknown, word: unknown, also: nobody, maybe: nobody, about: unknown, said: unknown };
    if (near === unknown) return dark;
    const [line = unknown] = open(t);
    const lit = line === unknown ? dark : { ...dark, line, word: wordAt(line, t), also: others };
    if (line === near) return lit;
    const k = rank[near];
    const lost = blurs[k] > FAR && t >= from[k] && t < to[k];
    const maybe = lost ? nobody : candidates(near, t);
    if (lost || maybe.length > FEW) return { ...lit, about: near };
    const silent = line === unknown && !maybe.length && !plusMinus(near) && t >= start[near];
    return { ...lit, maybe, said: silent ? near : unknown };
  }

  /** The next time after t at which `at` may answer differently; Infinity if it never does. */
  function next(t) {
    const edge = edges[lastAtOrBefore(edges, t) + 1] ?? Infinity;
    const [line] = open(t);
    const word = line === undefined ? undefined : words(line)?.find((ms) => ms > t);
    return Math.min(edge, word ?? Infinity);
  }

  return {
    at,
    next,
    end,
    words,
    plusMinus,
    count: start.length,
    guessed: Boolean(times.plusMinus),
    start: (i) => start[i] ?? unknown,
    offsets: (i) => times.offsets?.[i] ?? null,
    /** The last line that has begun by t, −1 if none. */
    begun: (t) => known[lastAtOrBefore(starts, t)] ?? unknown,
  };
}
