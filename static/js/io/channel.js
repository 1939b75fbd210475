// A frame from another host, and what it and the page say to each other. What
// comes from it is believed to be from it, and to be a time that can be.

const MANY = 100; // messages a second; a player sends a few
const LONG = 10_000; // characters; a player's message has a few hundred
const LONGEST = 7 * 24 * 3_600_000; // ms; no sound is longer
const OVER = 2000; // ms past the end that a report may be
const ODD = 3; // times that cannot be, until it is said
const PING = 500; // ms between two calls to a player that does not answer
const DUMB = 12_000; // ms without an answer, after which there will be none

/**
 * Puts the frame into place and calls it until it answers. hear(what, ms) is
 * called with what words.read makes of its messages, and besides with ready once
 * it listens, dumb if it never answers, odd when it says what cannot be.
 * @param words its protocol, see soundcloud.js
 */
export function openChannel(place, { src, title, words, hear }) {
  const { origin } = new URL(src);
  const frame = document.createElement('iframe');
  let loaded = false; // before that the frame is an empty page of our own
  let listens = false;
  let duration = LONGEST;
  let second = 0;
  let count = 0;
  let odd = 0;

  function receive({ source, origin: from, data }) {
    if (source !== frame.contentWindow || from !== origin || typeof data !== 'string') return;
    loaded = true;
    const now = Math.floor(performance.now() / 1000);
    if (now !== second) [second, count] = [now, 0];
    if (++count > MANY) hear('odd');
    else if (data.length <= LONG) take(words.read(data) ?? {});
  }
  function take({ what, ms }) {
    const said = ms ?? undefined;
    if (said !== undefined && !(Number.isFinite(said) && said >= 0 && said <= duration + OVER)) {
      if (++odd >= ODD) hear('odd');
    } else if (what === 'ready' || (what === 'duration' && !listens)) greet();
    else if (what) hear(what, said);
    if (what === 'duration' && said > 0 && duration === LONGEST) duration = said;
  }
  const send = (text) => loaded && frame.contentWindow.postMessage(text, origin);

  const calling = setInterval(() => send(words.askDuration), PING);
  const givingUp = setTimeout(() => {
    clearInterval(calling);
    hear('dumb');
  }, DUMB);
  function rest() {
    clearInterval(calling);
    clearTimeout(givingUp);
  }
  /** Also when it is ready anew: then it has forgotten that we listen. */
  function greet() {
    rest();
    listens = true;
    for (const message of words.hello) send(message);
    send(words.askDuration);
    hear('ready');
  }

  addEventListener('message', receive); // before the frame is made: its first word may come early
  frame.addEventListener('load', () => (loaded = true));
  frame.title = title;
  frame.allow = 'autoplay';
  frame.referrerPolicy = 'no-referrer';
  frame.setAttribute('sandbox', 'allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox');
  frame.src = src;
  place.append(frame);

  return {
    send,
    close() {
      rest();
      removeEventListener('message', receive);
      frame.remove();
    },
  };
}
