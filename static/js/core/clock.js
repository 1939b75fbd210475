// Times as people write them: 00:02:11, and in addresses ?t=131 (from there) or
// ?t=131.2,140.5 (just that).

const two = (n) => String(n).padStart(2, '0');

/** Writes milliseconds as 00:02:11, rounded down; nothing if unknown. */
export function clock(ms) {
  if (!(ms >= 0) || ms === Infinity) return '';
  const s = Math.floor(ms / 1000);
  return `${two(Math.floor(s / 3600))}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
}

/** Reads 131, 131.2, 2:11 or 00:02:11.5 as milliseconds; null if it is none of these. */
export function parseClock(text) {
  if (!/^(\d+:){0,2}\d+(\.\d+)?$/.test(text)) return null;
  return Math.round(text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) * 1000);
}

/** The stretch of time that an address names. @returns {{from: number, to: number|null}|null} in ms; null if the link names no time */
export function readLink(search) {
  const [first, last] = (new URLSearchParams(search).get('t') ?? '').split(',');
  const from = parseClock(first);
  if (from === null) return null;
  const to = last === undefined ? null : parseClock(last);
  return { from, to: to !== null && to > from ? to : null };
}
