// Who speaks, on the reading page: whom one hears, and what they are called.

import { whoSpeaks } from '../core/lanes.js';
import { skipsOver } from '../core/voices.js';
import { Refusal } from '../io/api.js';
import { nonce } from '../io/outbox.js';
import * as byline from '../parts/byline.js';
import * as only from '../parts/only.js';
import * as turns from '../parts/turns.js';

const HUES = 6;

export function createSpeakers(shared) {
  const { store, signal, t, lines, transcript, api, page } = shared;
  const found = whoSpeaks(lines);
  if (!found.names.length) return; // nobody knows who speaks
  const lang = new URL(page.times, location.href).searchParams.get('lang') ?? '';
  const changes = api.changes(page.episode, lang);
  store.set({ voices: found, passed: new Set(), naming: {} });
  only.mount(document.querySelector('.only'), shared);
  turns.mount(transcript, shared);
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

  let reading = null; // what the server said last: ids of lines and speakers
  let last = { wish: '' }; // tried again, it has the same nonce: it counts once

  async function read() {
    reading ??= await changes.read();
    if (reading.text !== page.hash) {
      reading = null;
      throw new Refusal({ message: t('speakers.stale') });
    }
    return reading;
  }

  /** Tells the server, then the page; who typed is told beside the field. */
  async function change(where, wish, tell, grant) {
    if (store.get('naming').busy) return;
    if (last.wish !== wish) last = { wish, nonce: nonce() };
    store.set({ naming: { ...where, busy: true } });
    try {
      const answer = await tell(await read());
      reading = { ...reading, ...answer, segments: reading.segments };
      last = { wish: '' };
      store.set({ naming: { ...where, done: true } });
      grant();
    } catch (error) {
      reading = null;
      store.set({ naming: { ...where, error: (error instanceof Refusal && error.message) || t('speakers.failed') } });
    }
  }

  const tidy = (typed) => typed.trim().replace(/\s+/g, ' ');
  const placeOf = (name, { names, of }) => names.findIndex((known, place) => known === name && of.includes(place));

  function rename({ voice, typed }) {
    const name = tidy(typed);
    const { names, hues, of } = store.get('voices');
    if (!name) return store.set({ naming: { voice, error: t('speakers.nameless') } });
    if (name === names[voice]) return store.set({ naming: { voice, done: true } });
    const tell = ({ speakers }) => {
      const id = speakers?.find((speaker) => speaker.name === names[voice])?.id;
      if (!id) throw new Refusal({ message: t('speakers.stale') });
      return changes.patch({ speakers: { [id]: name }, nonce: last.nonce });
    };
    change({ voice }, JSON.stringify([voice, name]), tell, () => {
      const other = placeOf(name, store.get('voices'));
      if (other < 0) return store.set({ voices: { names: names.with(voice, name), hues, of } });
      const passed = new Set(store.get('passed'));
      passed.delete(voice);
      store.set({ voices: { names, hues, of: of.map((mine) => (mine === voice ? other : mine)) }, passed });
    });
  }

  function attribute({ line, typed }) {
    const name = tidy(typed);
    const { names, hues, of } = store.get('voices');
    const tell = ({ segments }) => changes.send({ kind: 'line', segment: segments[line], change: { speaker: name }, nonce: last.nonce });
    change({ line }, JSON.stringify(['line', line, name]), tell, () => {
      const known = placeOf(name, store.get('voices'));
      const fresh = name !== '' && known < 0;
      const place = reading.speakers?.findIndex((speaker) => speaker.name === name) ?? -1;
      const hue = String(((place < 0 ? names.length : place) % HUES) + 1);
      store.set({ voices: {
        names: fresh ? [...names, name] : names,
        hues: fresh ? [...hues, hue] : hues,
        of: of.with(line, fresh ? names.length : known),
      } });
    });
  }

  const wishes = { 'pass-over': passOver, 'play-from': hear, 'name-speaker': rename, 'name-line': attribute };
  for (const [name, grant] of Object.entries(wishes)) {
    document.addEventListener(name, (event) => grant(event.detail), { signal });
  }
}
