// What speed, size of the text and delay may be, and the next step from each.

const speeds = [0.5, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3];
const FINE = 20; // steps of speed to the whole
const NUDGE = 20; // ms; less is not heard
const EARLIEST = -500;
const LATEST = 1500;

/** Sizes of the text, as factors of the usual one. */
export const sizes = [0.9, 1, 1.15, 1.3, 1.5];

const within = (low, value, high) => Math.min(high, Math.max(low, value));

/** The next of the usual speeds, up (1) or down (−1). */
export function speedBeside(rate, by) {
  return (by > 0 ? speeds.find((speed) => speed > rate) : speeds.findLast((speed) => speed < rate)) ?? within(speeds[0], rate, speeds.at(-1));
}

export const fineSpeed = (rate, by) => within(speeds[0], Math.round(rate * FINE + by) / FINE, speeds.at(-1));

export const nudge = (delay, by) => within(EARLIEST, delay + by * NUDGE, LATEST);

/**
 * The name under which the delay of an output is kept: what it reports, roughly.
 * Two readings of one output differ a little, so a name close by is the same.
 * @param latency ms
 * @param {Record<string, number>} delays those that are kept
 */
export function outputName(latency, delays) {
  const name = Math.round(latency / NUDGE) * NUDGE;
  return String([name, name - NUDGE, name + NUDGE].find((near) => near in delays) ?? name);
}
