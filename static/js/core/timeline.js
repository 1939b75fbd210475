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
 * When each line may be spoken that has a ±, at the widest: from its start less
 * that, to its end and that, as far as the lines around leave room, for lines are
 * said in their order. Sure are starts without a ±, the ends of such lines, and
 * the end of a guess that a sure start follows. An end behind the next sure start
 * is another voice's.
 * @param stated the ends that are known of themselves, −1 for others
 */
function widest({ starts, ends, stated, vague, blurs }) {
  const n = starts.length;
  const closed = new Float64Array(n).fill(unknown);
  const to = new Float64Array(n);
  let high = Infinity;
  for (let k = n - 1; k >= 0; k--) {
    if (!vague[k] || vague[k + 1] === 0) closed[k] = Math.min(stated[k], high);
    if (vague[k] && closed[k] !== unknown) high = closed[k];
    to[k] = Math.min(ends[k] + blurs[k], high);
    if (!vague[k]) high = Math.min(high, starts[k]);
  }
  const from = new Float64Array(n);
  let low = 0;
  for (let k = 0; k < n; k++) {
    from[k] = vague[k] ? Math.max(starts[k] - vague[k], low) : starts[k];
    low = Math.max(low, closed[k], vague[k] ? unknown : starts[k]);
  }
  return { from, to };
}

/** What is known of each of the lines that have a time, by their order: columns of ms. */
function columns({ length, plusMinus }, start, known) {
  const n = known.length;
  const [starts, ends, stated, vague, blurs, closes, reach] = Array.from({ length: 7 }, () => new Float64Array(n));
  if (plusMinus) for (let k = 0; k < n; k++) vague[k] = Math.max(0, plusMinus[known[k]] ?? 0);
  let next = Infinity;
  for (let k = n - 1; k >= 0; k--) {
    const long = length[known[k]];
    starts[k] = start[known[k]];
    stated[k] = long === null ? unknown : starts[k] + long;
    ends[k] = long === null ? next : stated[k];
    blurs[k] = long === null && k + 1 < n ? Math.max(vague[k], vague[k + 1]) : vague[k]; // an end that is a guess's start is as vague
    next = starts[k];
  }
  let latest = unknown;
  for (let k = 0; k < n; k++) {
    closes[k] = Math.max(starts[k], ends[k] - blurs[k]);
    if (!vague[k]) latest = Math.max(latest, closes[k]);
    reach[k] = latest;
  }
  return { starts, ends, stated, vague, blurs, closes, reach };
}

/** Every time at which something begins, ends, or may, in order. */
function changes({ starts, ends, blurs, closes }, from, to) {
  const all = new Float64Array(starts.length * 5);
  let n = 0;
  for (let k = 0; k < starts.length; k++) {
    all[n++] = starts[k];
    all[n++] = ends[k];
    if (!blurs[k]) continue;
    all[n++] = from[k];
    all[n++] = to[k];
    all[n++] = closes[k];
  }
  return all.subarray(0, n).sort();
}

/**
 * @param {{start: (number|null)[], length: (number|null)[], plusMinus?: (number|null)[],
 *   words?: ((number|null)[]|null)[], offsets?: Record<string, number[]>}} times as the server sends them
 */
export function createTimeline(times) {
  const start = sums(times.start, 0);
  const known = []; // lines with a time, in order
  const rank = new Int32Array(start.length).fill(unknown); // place of a line in known
  for (let i = 0; i < start.length; i++) if (start[i] !== unknown) rank[i] = known.push(i) - 1;

  // closes: when a line that has begun is surely over; reach: the latest of these so far, for a voice may go on while others begin.
  const all = columns(times, start, known);
  const { starts, ends, vague, blurs, closes, reach } = all;
  const { from, to } = times.plusMinus ? widest(all) : { from: starts, to: ends };
  const edges = changes(all, from, to);
  let longest = 0;
  for (let k = 0; k < known.length; k++) if (ends[k] !== Infinity) longest = Math.max(longest, ends[k] - starts[k]);

  const plusMinus = (i) => vague[rank[i]] ?? 0;
  const end = (i) => ends[rank[i]] ?? unknown;

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
    for (let k = lastAtOrBefore(starts, t); k >= 0 && reach[k] > t; k--) if (!vague[k] && closes[k] > t) found.push(known[k]);
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
