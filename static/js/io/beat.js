// Wakes for what changes and sleeps in between.

const EARLY = 14; // a timer may be this late and still meet its frame
const NAP = 1000; // the longest sleep: a clock may stall, a hidden page be slowed
const DOZE = 50; // and with a clock that waits, or is set a little again and again

/**
 * Calls show(ms) just after every boundary that next(ms) names, and at once
 * after a seek, a pause or a change of speed. What is shown is what the clock
 * says in that frame, never what the timer was set for. A hidden page has no
 * frames: there the timer alone calls.
 */
export function beat(player, { next, show, signal }) {
  let timer = 0;
  let frame = 0;
  let seen = null; // what the clock said last

  function rest() {
    clearTimeout(timer);
    cancelAnimationFrame(frame);
  }
  function step() {
    const now = player.now();
    show(now);
    const waits = player.runsOn && player.state === 'waiting';
    if (player.state !== 'playing' && !waits) return;
    const stands = waits && now === seen;
    seen = now;
    const wait = (next(now) - now) / player.rate;
    if (stands) timer = setTimeout(step, DOZE);
    else if (document.hidden) timer = setTimeout(step, Math.min(wait, NAP));
    else if (wait < EARLY + 6) frame = requestAnimationFrame(step);
    else timer = setTimeout(() => (frame = requestAnimationFrame(step)), Math.min(wait - EARLY, player.plusMinus ? DOZE : NAP));
  }
  function again() {
    rest();
    step();
  }

  for (const name of ['state', 'seeked', 'ratechange']) player.on(name, again, signal);
  signal?.addEventListener('abort', rest);
  again();
  return again;
}

/** Calls when the browser has nothing better to do. */
export function whenIdle(call) {
  if (window.requestIdleCallback) requestIdleCallback(call, { timeout: 2000 });
  else setTimeout(call, 200);
}
