// Tapping along: when a tap was meant, what stands for each line, and which
// line comes next. Lines are counted from 0; −1 is none.

const LONG_AGO = 5000; // ms; an event that claims to be older has a clock of its own

/**
 * Where in the sound a tap was meant: while it plays, the voice has gone on
 * since the finger was asked to move, and since the event was made, and what
 * is heard may be behind the clock by a delay.
 * @param {{now: number, rate: number, playing: boolean, reaction: number, late: number, delay?: number}} tap in ms
 */
export function tapTime({ now, rate, playing, reaction, late, delay = 0 }) {
  const since = late > 0 && late < LONG_AGO ? late : 0;
  return Math.max(0, Math.round(playing ? now - (reaction + since + delay) * rate : now));
}

/** A reaction time somebody typed, in ms; what is not one is the usual 200. */
export function readReaction(typed) {
  const ms = typed === '' || typed === null ? NaN : Math.round(Number(typed));
  return Number.isNaN(ms) ? 200 : Math.max(0, Math.min(1000, ms));
}

/**
 * What wishes on their way come to: the changes that count, and for each wish
 * the change it means, undefined where that is one the server has already.
 */
export function replay(waiting) {
  const counting = [];
  let undone = [];
  let latest;
  const meant = waiting.map((wish) => {
    if (wish.kind === 'undo') {
      undone.push(counting.pop());
      return undone.at(-1);
    }
    if (wish.kind === 'redo') {
      if (!undone.length) return latest; // which left nothing to redo
      const change = undone.pop();
      if (change) counting.push(change);
      return change;
    }
    counting.push(wish);
    undone = [];
    return (latest = wish);
  });
  return { counting, meant };
}

/**
 * What still waits when a wish was refused: no undoing or redoing of it either,
 * for without it that would hit an older change.
 */
export function withoutRefused(waiting, nonce) {
  const { meant } = replay(waiting);
  return waiting.filter((wish, i) => wish.nonce !== nonce && meant[i]?.nonce !== nonce);
}

/** Whether a change is to be undone as soon as it is made. */
export function isTakenBack(waiting, { kind, nonce }) {
  const among = (wishes) => wishes.some((wish) => wish.nonce === nonce);
  return kind === 'line' && among(waiting) && !among(replay(waiting).counting);
}

/**
 * Guesses held between the known starts around them, for a start on its way to
 * the server has not moved them yet.
 */
function held(count, start, sure) {
  const between = Array.from({ length: count }, (_, line) => start(line));
  const hold = (line, near, limit) => {
    if (sure(line)) return between[line];
    if (between[line] >= 0) between[line] = limit(between[line], near);
    return near;
  };
  for (let line = 0, low = 0; line < count; line++) low = hold(line, low, Math.max);
  for (let line = count - 1, high = Infinity; line >= 0; line--) high = hold(line, high, Math.min);
  return (line) => between[line] ?? -1;
}

/**
 * What is known of each line: what the server said last, and on top of it what
 * is on its way there.
 * @param {{segments: string[], set: number[], ends: number[], unspoken: number[]}} reading
 * @param {{kind: string, segment?: string, change?: object}[]} waiting
 */
export function standing(reading, timeline, waiting) {
  const starts = new Map();
  const set = new Set(reading.set);
  const unspoken = new Set(reading.unspoken);
  const ends = new Map(reading.ends.map((line) => [line, timeline.end(line)]));
  const changes = replay(waiting).counting;
  const lineOf = changes.length ? new Map(reading.segments.map((id, line) => [id, line])) : null;
  for (const { segment, change } of changes) {
    const line = lineOf.get(segment);
    if (line === undefined) continue;
    if ('startMs' in change) {
      starts.set(line, change.startMs);
      set.add(line);
      unspoken.delete(line);
    } else if ('endMs' in change) {
      if (change.endMs === null) ends.delete(line);
      else ends.set(line, change.endMs);
    } else if (change.unspoken) unspoken.add(line);
    else unspoken.delete(line);
  }
  const start = (line) => starts.get(line) ?? timeline.start(line);
  const sure = (line) => !unspoken.has(line) && start(line) >= 0 && (starts.has(line) || !timeline.plusMinus(line));
  return {
    count: timeline.count,
    set,
    unspoken,
    ends,
    start: starts.size ? held(timeline.count, start, sure) : start,
    /** ± ms of a start, 0 where it is known. */
    plusMinus: (line) => (starts.has(line) ? 0 : timeline.plusMinus(line)),
    sure,
  };
}

/** The next line that is spoken; by −1, the one before. */
export function spokenFrom({ count, unspoken }, line, by = 1) {
  for (let i = line + by; i >= 0 && i < count; i += by) if (!unspoken.has(i)) return i;
  return -1;
}

/** The last line up to this one whose time is known. */
export function sureUpTo(stands, line) {
  for (let i = line < 0 ? stands.count - 1 : line; i >= 0; i--) if (stands.sure(i)) return i;
  return -1;
}

/** Where to go on: behind the last known line that has begun, with the first that is not known. */
export function whereToGoOn(stands, now) {
  let last = -1;
  for (let i = 0; i < stands.count; i++) if (stands.sure(i) && stands.start(i) <= now) last = i;
  const first = spokenFrom(stands, last);
  let next = first;
  while (next >= 0 && stands.sure(next)) next = spokenFrom(stands, next);
  return next < 0 ? first : next;
}

/** Since when something is heard before this line that is not in the text; null if nothing is. */
export function gapBefore(stands, line) {
  const before = spokenFrom(stands, line < 0 ? stands.count : line, -1);
  return line >= 0 && stands.sure(line) ? null : (stands.ends.get(before) ?? null);
}

/**
 * The line that comes next once something was undone or redone: the one that
 * lost its time, or the one behind that which got one; null if it stays.
 */
export function lineAfterUndo(before, after) {
  const known = new Set([...before.set, ...before.unspoken]);
  const kept = new Set([...after.set, ...after.unspoken]);
  const lost = [...known].find((line) => !kept.has(line));
  const got = [...kept].find((line) => !known.has(line));
  if (lost !== undefined) return lost;
  return got === undefined ? null : spokenFrom(after, got);
}
