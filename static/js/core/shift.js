// How the times of a text and those of its sound differ: in this copy of the
// sound something was put in, or cut out, that the text does not know of. From
// a point on, the text is heard byMs later; before the first point it is heard
// at its own times. What begins at a point is heard as from there on, what ends
// at it as what comes just before. Times are ms, −1 where unknown.

import { createTimeline, sums } from './timeline.js';

/** @typedef {{atMs: number, byMs: number}} Point in the text's own time, and the whole offset from there on */

/** Points as the server sends them beside times: [[atMs, byMs], …], or none. */
export const readShift = (pairs = []) => pairs.map(([atMs, byMs]) => ({ atMs, byMs }));

/** How many points lie at or before t. */
function until(points, t) {
  let n = points.length;
  while (n && points[n - 1].atMs > t) n--;
  return n;
}
const by = (points, n) => points[n - 1]?.byMs ?? 0;
/** Where the sound goes on behind the first n points. */
const goesOn = (points, n) => (points[n] ? points[n].atMs + points[n].byMs : Infinity);

/** When that is heard which begins at t; −1 where it is not in this sound. */
export function heard(points, t) {
  const n = until(points, t);
  const h = t + by(points, n);
  return t < 0 || h >= goesOn(points, n) ? -1 : h;
}

/** When the end is heard of what ends at t. */
export function heardEnd(points, t) {
  const n = until(points, t - 1);
  return t < 0 ? -1 : Math.min(t + by(points, n), goesOn(points, n));
}

/** What is heard, or where the sound goes on if that is not in it. */
export function placeOf(points, t) {
  const h = heard(points, t);
  return h < 0 ? heardEnd(points, t) : h;
}

/** The text's own time of what is heard at h; inside what was put in, where that was. */
export function ownTime(points, h) {
  const n = points.findLastIndex(({ atMs, byMs }) => atMs + byMs <= h) + 1;
  return Math.min(h - by(points, n), points[n]?.atMs ?? Infinity);
}

/**
 * The end of a line that lasts until the next one begins, where something was
 * put in between the two; else −1. Both starts are the text's own.
 */
function openEnd(points, start, next) {
  const n = until(points, next);
  return n && points[n - 1].atMs > start && by(points, n) > by(points, n - 1) ? next + by(points, n - 1) : -1;
}

/** Delta coding, as the server does it: each known value counts from the known one before it. */
function deltas(list, from) {
  let last = from;
  return list.map((ms) => {
    const delta = ms < 0 ? null : ms - last;
    if (delta !== null) last = ms;
    return delta;
  });
}

/** Words of a line, counted from its start: where no point lies among them, they move with it. */
function heardWords(points, list, own, start) {
  const last = list.reduce((ms, delta) => ms + delta, own);
  if (until(points, own) === until(points, last) && heard(points, last) >= 0) return list;
  return deltas(sums(list, own).map((ms) => heard(points, ms)), start);
}

/** Times as the server sends them, but as they are heard. */
function heardTimes(times, points) {
  const own = sums(times.start, 0);
  const start = own.map((ms) => heard(points, ms));
  const length = new Array(own.length);
  for (let i = own.length - 1, next = -1; i >= 0; i--) {
    const end = times.length[i] === null ? openEnd(points, own[i], next) : Math.max(start[i], heardEnd(points, own[i] + times.length[i]));
    length[i] = start[i] < 0 || end < 0 ? null : end - start[i];
    if (own[i] >= 0) next = own[i];
  }
  const words = times.words?.map((list, i) => (list && start[i] >= 0 ? heardWords(points, list, own[i], start[i]) : null));
  return { ...times, start: deltas(start, 0), length, words };
}

/**
 * The timeline of what is heard.
 * @param {object} times as the server sends them, see timeline.js; with `shift`
 * @param {Point[]} points which hold in place of the server's
 */
export function heardTimeline(times, points = readShift(times.shift)) {
  return createTimeline(points.length ? heardTimes(times, points) : times);
}
