// A player of somebody else's, behind the same interface as the page's own
// sound. It is given its frame (channel.js), its protocol (soundcloud.js, say)
// and the clock that is made of its reports.

const BEAT = 200; // ms between two questions where it is, while it plays
const REFUSED = 3000; // ms from play until it is clear that the browser forbids it
const ECHO = 500; // ms after a pause or a seek in which reports may be from before
const GRACE = 1000; // ms in which a seek must have been done
const NEAR = 1000; // ms; so near to where it was sent it has arrived
const TRIES = 3; // that a seek is sent again

/**
 * Nothing is requested before load(); wishes are kept until the player is ready.
 * `trouble` is unasked (play before load), dumb (no answer), failed, refused (by
 * the browser, without a tap in the frame), odd (says what cannot be), or ''.
 * @param open puts the frame into the page: openChannel
 */
export function framedPlayer({ open, words, clock }) {
  const events = new EventTarget();
  const tell = (name) => events.dispatchEvent(new Event(name));
  const wall = () => performance.now();
  let channel = null;
  let isReady = false;
  let begun = false; // it has been heard since it was loaded
  let starting = false; // play is wished for, and nothing heard yet
  let playing = false;
  let trouble = '';
  let duration = null;
  let aim = null; // where it was sent, until it is there
  let sentOn = -Infinity; // when that was
  let stillOn = -Infinity; // when it last paused or jumped
  let beating, refusing, settling; // timers
  let told = ''; // all that belongs to the state

  function update() {
    const all = [player.state, trouble, duration, player.frame].join();
    if (all === told) return;
    told = all;
    tell('state');
  }
  /** What is still under way may be from before; what stands says exactly where. */
  function settle() {
    stillOn = wall();
    clearTimeout(settling);
    settling = setTimeout(() => channel?.send(words.askPosition), ECHO);
  }
  function stand(ms) {
    clock.pause(wall(), ms);
    playing = false;
    clearInterval(beating);
    settle();
    update();
  }
  function stop(why = trouble) {
    trouble = why;
    starting = false;
    clearTimeout(refusing);
    stand();
  }

  function leap(ms) {
    clock.seek(ms, wall());
    tell('seeked');
    update(); // it waits until it is heard there
  }
  function send(ms, tries) {
    aim = { ms, tries };
    sentOn = wall();
    if (isReady) channel.send(words.seek(ms));
    leap(ms);
  }
  function start() {
    channel.send(words.play);
    clearTimeout(refusing);
    refusing = setTimeout(() => {
      starting = false;
      if (!playing) stop('refused');
    }, REFUSED);
  }
  function look() {
    channel.send(words.askPosition);
    if (clock.waiting(wall())) channel.send(words.askPaused);
    update();
    tell('tick');
  }
  function load() {
    channel?.close();
    isReady = begun = false;
    trouble = '';
    channel = open({ words, hear: (what, ms) => deeds[what]?.(ms) });
    const ms = clock.now(wall());
    if (ms > 0) send(ms, TRIES);
    update();
  }

  function ready() {
    isReady = true;
    if (trouble !== 'odd') trouble = '';
    if (aim) send(aim.ms, aim.tries);
    if (starting) start();
    update();
  }
  function plays() {
    if (playing) return;
    playing = true;
    if (trouble !== 'odd') trouble = ''; // helped by a tap in the frame
    clock.play(wall());
    beating = setInterval(look, BEAT);
    update();
  }
  function progress(ms) {
    if (!playing && wall() - Math.max(stillOn, sentOn) > ECHO) plays();
    if (playing && !begun) sentOn = -Infinity; // before the first play a seek may not have been heard
    begun ||= playing;
    starting &&= !playing;
    position(ms);
  }
  function jumps(ms) {
    const here = Math.abs(ms - clock.now(wall())) <= NEAR;
    settle();
    if (!here && wall() - sentOn < GRACE) return; // of an earlier wish; if not, the answer will tell
    aim = null;
    if (!here || !playing) leap(ms ?? clock.now(wall()));
  }
  function position(ms) {
    if (ms === undefined || (!playing && wall() - stillOn < ECHO)) return;
    const astray = aim && Math.abs(ms - clock.now(wall())) > NEAR;
    if (astray && wall() - sentOn < GRACE) return; // from before
    if (astray && aim.tries > 0) return send(aim.ms, aim.tries - 1);
    aim = null;
    clock.report(ms, wall());
    update();
    if (!playing) tell('seeked');
  }

  const deeds = {
    ready,
    play: plays,
    progress,
    position,
    pause: (ms) => stand(aim?.ms ?? ms),
    seek: jumps,
    halted: () => playing && clock.waiting(wall()) && stand(),
    finish: () => stand(duration ?? undefined),
    duration(ms) {
      if (ms > 0) duration ??= Math.round(ms);
      update();
    },
    error: () => stop('failed'),
    dumb: () => stop('dumb'),
    odd() {
      trouble ||= 'odd';
      update();
    },
  };

  const player = {
    can: { seek: true, rate: false },
    load,
    /** Null before load, then new, then heard: only now it may be played from outside its frame. */
    get frame() {
      return channel && (begun ? 'heard' : 'new');
    },
    get heard() { return begun; },
    get state() {
      if (trouble === 'dumb' || trouble === 'failed') return 'failed';
      if (playing) return clock.waiting(wall()) ? 'waiting' : 'playing';
      if (starting && channel) return 'waiting';
      return player.now() >= (duration ?? Infinity) ? 'ended' : 'paused';
    },
    get trouble() {
      return trouble;
    },
    now: () => Math.round(clock.now(wall())),
    get plusMinus() {
      return playing ? Math.ceil(clock.plusMinus(wall())) : 0;
    },
    get duration() {
      return duration;
    },
    rate: 1,
    play() {
      const again = player.state === 'failed';
      trouble = channel ? '' : 'unasked';
      starting = true;
      told = ''; // the same trouble again is to be told again
      if (again) load();
      else if (isReady) start();
      update();
    },
    pause() {
      if (starting) stop();
      if (isReady) channel.send(words.pause);
    },
    seek: (ms) => send(Math.max(0, Math.min(ms, duration ?? Infinity)), TRIES),
    setRate() {}, // it cannot
    on: (name, hears, signal) => events.addEventListener(name, hears, { signal }),
  };
  return player;
}
