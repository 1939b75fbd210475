// Who speaks, on the reading page: whom one hears, and what they are called.

import { whoSpeaks } from '../core/lanes.js';
import { skipsOver } from '../core/voices.js';
import { createApi, Refusal } from '../io/api.js';
import { nonce } from '../io/outbox.js';
import * as byline from '../parts/byline.js';
import * as only from '../parts/only.js';
import { takeVoices } from './voices.js';

export function createSpeakers(shared) {
  const { store, signal, t, lines, page } = shared;
  const found = store.get('voices') ?? whoSpeaks(lines);
  if (!found.names.length) return; // nobody knows who speaks
  const lang = new URL(page.times, location.href).searchParams.get('lang') ?? '';
  const changes = createApi(page.base).changes(page.episode, lang);
  store.set({ voices: found, passed: new Set(), naming: {} });
  only.mount(document.querySelector('.only'), shared);
  if ('signed' in page) byline.mount(document.querySelector('.panel .speakers'), shared);

  // — whom one hears; it ends with the visit

  let asked = -1; // where somebody chose to play though it would be passed over: that is heard
  function reroute() {
    const timeline = store.get('timeline');
    const skips = timeline ? skipsOver(timeline, store.get('voices').of, store.get('passed')) : [];
    store.set({ route: { ...store.get('route'), skips: skips.filter(({ from, to }) => asked < from || asked >= to) } });
  }
  for (const key of ['timeline', 'voices', 'passed']) store.on(key, reroute, signal);

  function passOver({ voices }) {
    asked = -1;
    store.set({ passed: new Set(voices) });
  }
  function hear({ ms }) {
    asked = ms;
    if (store.get('passed').size) reroute();
  }

  // — what they are called

  let last = { wish: '' }; // tried again, it has the same nonce: it counts once
  let version = ''; // of what stood after the last change of a name

  /** What stands on the server now; what others have changed is shown first, and asked about. */
  async function read() {
    const answer = await changes.read();
    if (answer.text !== page.hash) throw new Refusal({ message: t('speakers.stale') });
    if (takeVoices(answer, shared)) throw new Refusal({ message: t('speakers.meanwhile') });
    return answer;
  }

  /** Tells the server, then the page; how it went is told where it was asked for. */
  async function change(where, wish, tell) {
    if (store.get('naming').busy) return;
    if (last.wish !== wish) last = { wish, nonce: nonce() };
    store.set({ naming: { ...where, busy: true } });
    try {
      const answer = await tell(await read());
      version = answer.version;
      last = { wish: '' };
      takeVoices(answer, shared);
      store.set({ naming: { ...where, done: true } });
    } catch (error) {
      store.set({ naming: { ...where, error: (error instanceof Refusal && error.message) || t('speakers.failed') } });
    }
  }

  const tidy = (typed) => typed.trim().replace(/\s+/g, ' ');

  function rename({ voice, typed }) {
    const name = tidy(typed);
    const { names } = store.get('voices');
    if (!name) return store.set({ naming: { voice, error: t('speakers.nameless') } });
    if (name === names[voice]) return store.set({ naming: { voice, done: true, same: true } });
    const tell = ({ speakers }) => {
      const { id } = speakers.find((speaker) => speaker.name === names[voice]);
      return changes.patch({ speakers: { [id]: name }, nonce: last.nonce });
    };
    change({ voice }, JSON.stringify([voice, name]), tell);
  }

  function attribute({ line, typed }) {
    const name = tidy(typed);
    const tell = ({ segments }) => changes.send({ kind: 'line', segment: segments[line], change: { speaker: name }, nonce: last.nonce });
    change({ line }, JSON.stringify(['line', line, name]), tell);
  }

  /** Takes back the last name that was given here, unless something was changed since. */
  function undo(where) {
    change({ ...where, undo: true }, JSON.stringify(['undo', version]), (now) => {
      if (now.version !== version) throw new Refusal({ message: t('speakers.since') });
      return changes.send({ kind: 'undo', nonce: last.nonce });
    });
  }

  const wishes = { 'pass-over': passOver, 'play-from': hear, 'name-speaker': rename, 'name-line': attribute, 'undo-name': undo };
  for (const [name, grant] of Object.entries(wishes)) {
    document.addEventListener(name, (event) => grant(event.detail), { signal });
  }
}
