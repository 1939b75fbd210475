// What SoundCloud's player understands and says: JSON, as strings. Another
// player is another file like this one.

const say = (method, value) => JSON.stringify({ method, value });

/** To be sent once the player is ready: it then tells what happens. */
export const hello = ['play', 'playProgress', 'pause', 'seek', 'finish', 'error'].map((event) => say('addEventListener', event));

export const play = say('play');
export const pause = say('pause');
export const seek = (ms) => say('seekTo', Math.round(ms));
export const askPosition = say('getPosition');
export const askDuration = say('getDuration');
export const askPaused = say('isPaused');

/**
 * Reads a message; null if it says nothing to us. `what` is ready, play, pause,
 * seek, finish, error, progress (a report while playing), position and duration
 * (asked for), or halted (asked for: it is not playing). `ms` is as it came.
 */
export function read(text) {
  let message;
  try {
    message = JSON.parse(text);
  } catch {
    return null;
  }
  const { method, value } = message ?? {};
  switch (method) {
    case 'ready':
    case 'finish':
    case 'error':
      return { what: method };
    case 'play':
    case 'pause':
    case 'seek':
      return { what: method, ms: value?.currentPosition };
    case 'playProgress':
      return { what: 'progress', ms: value?.currentPosition };
    case 'getPosition':
      return { what: 'position', ms: value };
    case 'getDuration':
      return { what: 'duration', ms: value };
    case 'isPaused':
      return value === true ? { what: 'halted' } : null;
    default:
      return null;
  }
}
