// Hearing some speakers and not others. Only what is sure is passed over: a line
// whose time is a guess, or of whom nobody knows who says it, is heard.

const SHORT = 1000; // ms; less than this is not worth a jump
const HUES = 6; // colours of speakers, given in the server's order

const isSure = (timeline, i) => timeline.start(i) >= 0 && timeline.plusMinus(i) === 0;

/**
 * Who speaks each line by the server's word, as core/lanes.js has it. Whoever
 * the page knows keeps the place, also under another name.
 * @param {{speakers: {name: string}[], voices: [number, number][]}} told runs: how many lines, whose of the speakers
 * @param {{names: string[], hues: string[], of: number[]}} shown
 */
export function toldVoices({ speakers, voices }, shown) {
  const said = voices.flatMap(([count, speaker]) => Array(count).fill(speaker));
  const names = [...shown.names];
  const hues = [...shown.hues];
  const called = new Set(speakers.map(({ name }) => name));
  const firsts = new Map(); // whose the first line of each was
  said.forEach((speaker, line) => firsts.has(speaker) || firsts.set(speaker, shown.of[line]));
  const places = speakers.map(({ name }, speaker) => {
    if (!name) return -1;
    const before = firsts.get(speaker) ?? -1;
    let place = names.indexOf(name);
    if (place < 0) place = before >= 0 && !called.has(names[before]) ? before : names.length;
    names[place] = name;
    hues[place] = String((speaker % HUES) + 1);
    return place;
  });
  return { names, hues, of: said.map((speaker) => places[speaker] ?? -1) };
}

/** The names of the first line that is another's, then and now; null if none is. */
export function otherName(before, after) {
  const line = after.of.findIndex((voice, i) => before.names[before.of[i]] !== after.names[voice]);
  return line < 0 ? null : { from: before.names[before.of[line]] ?? '', to: after.names[after.of[line]] ?? '' };
}

/** Who of those that speak now is passed over: whose lines all were so far. */
export function stillPassed(passed, before, after) {
  const heard = new Set(after.of.filter((_, line) => !passed.has(before.of[line])));
  return new Set(after.of.filter((voice) => voice >= 0 && !heard.has(voice)));
}

/** The share of lines whose time is sure, 0 to 1. */
export function sureShare(timeline) {
  let sure = 0;
  for (let i = 0; i < timeline.count; i++) sure += isSure(timeline, i);
  return timeline.count ? sure / timeline.count : 0;
}

/** When a line that is sure has ended for certain; its start where nothing later is. */
function sureEnd(timeline, i) {
  const start = timeline.start(i);
  const next = i + 1;
  if (next === timeline.count || isSure(timeline, next)) return timeline.end(i);
  if (timeline.start(next) < 0) return start; // where that one lies is not known
  return Math.max(start, Math.min(timeline.end(i), timeline.start(next)) - timeline.plusMinus(next));
}

/**
 * How long each speaker speaks, as far as it is sure.
 * @param {{names: string[], of: number[]}} voices
 * @returns {{ms: number, all: boolean}[]} `all`: no line is left out
 */
export function shares(timeline, { names, of }) {
  const found = names.map(() => ({ ms: 0, all: true }));
  of.forEach((voice, i) => {
    if (voice < 0) return;
    const mine = found[voice];
    const ms = isSure(timeline, i) ? sureEnd(timeline, i) - timeline.start(i) : 0;
    if (ms > 0 && ms < Infinity) mine.ms += ms;
    else mine.all = false;
  });
  return found;
}

/**
 * The stretches to pass over so that some speakers are not heard: each from
 * where the last line to be heard has ended to where the next one begins.
 * @param {number[]} of who speaks each line, −1 for nobody
 * @param {Set<number>} passed speakers not to be heard
 * @returns {{from: number, to: number}[]} as core/route.js has them
 */
export function skipsOver(timeline, of, passed) {
  const skips = [];
  const isPassed = (i) => passed.has(of[i]) && isSure(timeline, i);
  let heard = 0; // when everything to be heard so far has ended
  for (let i = 0; i < timeline.count; i++) {
    if (!isPassed(i)) {
      if (isSure(timeline, i)) heard = Math.max(heard, sureEnd(timeline, i));
      continue;
    }
    const first = i;
    while (i + 1 < timeline.count && isPassed(i + 1)) i++;
    const fresh = first === 0 || isSure(timeline, first - 1);
    const from = fresh ? heard : Math.max(heard, timeline.start(first));
    const to = until(timeline, i);
    if (to - from >= SHORT) skips.push({ from, to });
  }
  return skips;
}

/** Where the first line to be heard after line i begins; Infinity if there is none. */
function until(timeline, i) {
  if (i + 1 === timeline.count) return Infinity;
  return isSure(timeline, i + 1) ? timeline.start(i + 1) : sureEnd(timeline, i);
}
