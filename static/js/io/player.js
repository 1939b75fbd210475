// The sound, and the only clock. Somebody else's player, in a frame of its own,
// is behind the same interface: framed.js.

const moves = ['seeking', 'seeked'];
const changes = ['play', 'playing', 'pause', 'ended', 'waiting', 'error', 'loadedmetadata', 'durationchange', 'canplay'];

/**
 * Events: `state` (playing, paused, waiting, ended, failed; or the duration or
 * some `trouble` has become known: failed, refused by the browser without a
 * tap), `seeked` (the position has jumped; already when it is asked
 * for, before the sound is there), `ratechange`, `tick` (a few times a second
 * while playing: for clocks, not for lights).
 * @param {HTMLAudioElement} audio
 */
export function audioPlayer(audio) {
  const events = new EventTarget();
  const tell = (name) => events.dispatchEvent(new Event(name));
  let wanted = null; // where to begin, asked for before the sound is there
  let trouble = '';

  const player = {
    can: { seek: true, rate: true },
    /** It may wait for data and yet go on, without a word: WebKit's does. */
    runsOn: true,
    get state() {
      if (audio.error) return 'failed';
      if (audio.ended) return 'ended';
      if (audio.paused) return 'paused';
      return audio.seeking || audio.readyState < 3 ? 'waiting' : 'playing';
    },
    get trouble() {
      return audio.error ? 'failed' : trouble;
    },
    /** Whether it has been, or stands where somebody sent it. */
    get heard() {
      return audio.played.length > 0 || (audio.readyState > 0 && audio.currentTime > 0);
    },
    /** Whole milliseconds: a seek to a line's start reads as that start. */
    now: () => wanted ?? Math.round(audio.currentTime * 1000),
    /** Milliseconds by which the clock may be off. */
    plusMinus: 0,
    get duration() {
      return Number.isFinite(audio.duration) ? Math.round(audio.duration * 1000) : null;
    },
    get rate() {
      return audio.playbackRate;
    },
    play() {
      trouble = '';
      if (audio.error) {
        wanted = player.now(); // loading anew begins at the start
        audio.load();
      }
      audio.play().catch(({ name }) => {
        if (name === 'AbortError') return;
        trouble = name === 'NotAllowedError' ? 'refused' : 'failed';
        tell('state');
      });
    },
    pause: () => audio.pause(),
    seek(ms) {
      const at = Math.max(0, Math.min(ms, player.duration ?? Infinity));
      if (audio.readyState > 0) audio.currentTime = at / 1000;
      else {
        wanted = at;
        tell('seeked');
      }
    },
    setRate(rate) {
      audio.defaultPlaybackRate = rate; // so that it outlives a reload of the sound
      audio.playbackRate = rate;
    },
    on: (name, hear, signal) => events.addEventListener(name, hear, { signal }),
  };

  audio.addEventListener('loadedmetadata', () => {
    if (wanted === null) return;
    audio.currentTime = wanted / 1000;
    wanted = null;
  });
  for (const name of moves) audio.addEventListener(name, () => tell('seeked'));
  for (const name of changes) audio.addEventListener(name, () => tell('state'));
  audio.addEventListener('ratechange', () => tell('ratechange'));
  audio.addEventListener('timeupdate', () => tell('tick'));
  return player;
}
