// A clock made of what a player far away says about its position. Such a report
// is true when it is written and can only come late, so the one that came
// earliest of the last few is the truth, and the wall clock carries it on.
//
// Simulated over 80 minutes with a report every 250–1,000 ms and an asked one
// every 200 ms, each 0–300 ms under way, it is wrong by 10 ms on average, 31 ms
// at the 95th percentile and 146 ms at most (30, 78 and 172 ms if asking is not
// answered), and inside its own ± in 99.9 % of frames (98 %). After the sound has
// stalled for 0.4–1.4 s it is right again in 1.3 s, p95 2 s (4 s, 5 s).

const WINDOW = 4000; // ms; reports older than this say nothing any more
const FEW = 7; // so many that agree outvote what came before: the sound has stalled
const FLOW = 500; // ms in which a small correction flows in
const JUMP = 750; // ms; a larger one is made at once
const QUIET = 1500; // ms without getting on, after which the clock stands still
const SLOW = 1000; // ms without getting on that are usual
const DEAF = 1000; // ms after a seek in which reports of the old place may still come
const LAG = 60; // ms that the earliest report is taken to be late at most
const VAGUE = 1000; // ±, ms, while fewer than three reports speak
const FLOOR = 50; // ±, ms, however well they agree

const spread = (list) => Math.max(...list) - Math.min(...list);

/** All times are ms; wall is any clock that runs evenly, the same one for every call. */
export function createReports() {
  let playing = false;
  let at = 0; // the position when the wall clock showed since
  let since = 0;
  let ahead = 0; // what was shown then, less the position; it flows off
  let seen = []; // the last reports: when they came, and position less that (larger is earlier)
  let got = 0; // the position last reported, and when one was last farther on
  let gotOn = 0;
  let deafUntil = -Infinity;

  /** How long the clock has run; after play or a seek it stands until the first report. */
  const run = (wall) => (playing && seen.length ? Math.max(0, Math.min(wall, gotOn + QUIET) - since) : 0);
  const flowing = (wall) => ahead * Math.max(0, 1 - run(wall) / Math.max(FLOW, ahead)); // never so fast that time runs backwards
  const now = (wall) => Math.max(0, at + run(wall) + flowing(wall));
  const waiting = (wall) => playing && (!seen.length || wall > gotOn + QUIET);

  function stand(ms, wall) {
    [at, since, ahead, seen, got] = [ms, wall, 0, [], ms];
  }

  /**
   * The truth less the wall clock: that of the earliest of the window, or of the
   * last few if they agree on less. Even the earliest came late: by about as much
   * as lies, on average, between those of the earlier half.
   */
  function earliest() {
    const few = seen.slice(-FEW).map(({ offset }) => offset);
    const agreed = Math.max(...few) + spread(few);
    if (few.length === FEW && seen.some(({ offset }) => offset > agreed)) seen = seen.slice(-FEW);
    const offsets = seen.map(({ offset }) => offset).sort((a, b) => b - a);
    const half = offsets.length >> 1;
    return offsets[0] + (half > 1 ? Math.min(LAG, (offsets[0] - offsets[half]) / half) : 0);
  }

  function follow(ms, wall) {
    const shown = now(wall);
    if (wall < deafUntil && Math.abs(ms - shown) > JUMP) return;
    const on = ms > got;
    got = ms;
    if (waiting(wall)) stand(on ? shown : ms, wall); // what was known before the silence is void
    else if (ms > shown + JUMP) stand(ms, wall); // and so it is where no report can be so early
    if (!on && !seen.length) return;
    if (on) gotOn = wall;
    const first = !seen.length;
    seen = [...seen.filter((report) => report.wall > wall - WINDOW), { wall, offset: ms - wall }];
    [at, since] = [earliest() + wall, wall];
    const gap = shown - at;
    ahead = Math.abs(gap) > JUMP || (first && gap < 0) ? 0 : gap;
  }

  return {
    now,
    waiting,
    /** The player has begun to play where it stood. */
    play(wall) {
      if (!playing) stand(now(wall), wall);
      playing = true;
    },
    /** The player has stopped; where, if it said so. */
    pause(wall, ms = now(wall)) {
      stand(ms, wall);
      playing = false;
    },
    /** The player is elsewhere now, or will be at once. */
    seek(ms, wall) {
      stand(ms, wall);
      deafUntil = wall + DEAF;
    },
    /** The player says where it is. */
    report(ms, wall) {
      if (playing) follow(ms, wall);
      else stand(ms, wall);
    },
    /** ± ms: how far apart the reports lie, what still flows in, and how long none came. */
    plusMinus(wall) {
      const apart = seen.length < 3 ? VAGUE : spread(seen.map(({ offset }) => offset));
      const silence = playing && wall - gotOn > SLOW ? wall - gotOn : 0;
      return Math.max(FLOOR, apart) + silence + Math.abs(flowing(wall));
    },
  };
}
