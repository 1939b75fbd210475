// Who speaks when, as a picture: a lane for each speaker, bars where they speak.

const nobody = -1;

/**
 * Who speaks each line, read off the page: `names` and `hues` have a place for
 * each speaker, `of` has each line's, −1 for nobody.
 * @param {Element[]} lines
 */
export function whoSpeaks(lines) {
  const names = [];
  const hues = [];
  const of = [];
  const places = new Map();
  let voice = nobody;
  while (of.length < lines.length) {
    const paragraph = lines[of.length].parentElement;
    const turn = paragraph.parentElement;
    if (!turn.classList.contains('on')) voice = placeOf(turn); // else it goes on from the turn before
    for (let n = paragraph.childElementCount; n > 0; n--) of.push(voice);
  }
  function placeOf(turn) {
    const name = turn.querySelector('cite')?.textContent;
    if (!name) return nobody;
    if (!places.has(name)) {
      places.set(name, names.push(name) - 1);
      hues.push(turn.dataset.hue);
    }
    return places.get(name);
  }
  return { names, hues, of };
}

/**
 * The bars of each speaker: from, to, from, to … in units of the picture. Bars
 * closer than `close` are one. Where a time is a guess, so is the bar.
 * @param {number[]} of who speaks each line, −1 for nobody
 * @param {(ms: number) => number} place ms → unit
 * @returns {{voice: number, guess: boolean, bars: number[]}[]}
 */
export function lanes(timeline, of, place, close) {
  const found = [];
  for (let i = 0; i < timeline.count; i++) {
    const start = timeline.start(i);
    if (start < 0) continue;
    const guess = timeline.plusMinus(i) > 0;
    const { bars } = (found[2 * (of[i] + 1) + guess] ??= { voice: of[i], guess, bars: [] });
    const from = place(start);
    const to = Math.max(from + 1, place(timeline.end(i)));
    const last = bars.length - 1;
    if (last > 0 && from - bars[last] < close) bars[last] = Math.max(bars[last], to);
    else bars.push(from, to);
  }
  return found.filter(Boolean);
}
