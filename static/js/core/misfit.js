// Whether a text and its sound can belong to each other by their lengths.

const LATE = 1000; // ms that a text may go on after its sound
const SPARE = 30_000; // ms that a sound may go on after its text

/**
 * By how many ms the sure part of a text goes on after the sound's end; less
 * than 0 where the sound goes on after the text; 0 where they fit, or where
 * only guesses tell.
 */
export function misfit(timeline, duration) {
  let last = timeline.count - 1;
  const sure = (i) => timeline.start(i) >= 0 && !timeline.plusMinus(i);
  while (last >= 0 && !sure(last)) last--;
  if (last < 0) return 0;
  const start = timeline.start(last);
  const end = timeline.end(last) === Infinity ? start : timeline.end(last);
  if (start > duration + LATE) return Math.max(start, end) - duration;
  return last === timeline.count - 1 && duration >= end + SPARE ? end - duration : 0;
}
