// The place in the episode, from one visit to the next and from tab to tab:
// loaded when there is one, or something moves.

import { beginAt, isNewer, readPlace } from '../core/placing.js';
import { recall, remember } from '../io/memory.js';

const OFTEN = 4500; // ms between two notes, while it plays
const LISTENED = 120_000; // ms of sound from a link on, until that is where the listener is
const LEAP = 5000; // ms; no sound plays so much between two ticks
const ELSEWHERE = 15_000; // ms; a place so near to where a link leads is none to go back to

/**
 * What a link leads to is not the listener's own place, until they move from
 * there or have listened for long. Two tabs never put an older place over a
 * newer one: what counts is when it was heard.
 */
export function keepPlace(player, { store, signal, link, name, heard }) {
  const kept = () => readPlace(recall(name), Date.now());
  let own = !link;
  let here = null; // what was heard last in this tab, or taken over
  let noted = 0;
  let left = LISTENED;
  let last = 0; // tick
  let offers = true; // until the listener settles for where the link has led

  function note() {
    noted = Date.now();
    if (here && isNewer(here, kept())) remember(name, here); // not what is there: another tab's may be on its way here
  }
  function hear() {
    if (own) here = { ms: beginAt(player.now(), player.duration), at: Date.now() };
  }
  function settle() {
    own = true;
    store.set({ back: null });
    hear();
    note();
  }

  /** The way back from where a link has led. */
  function offer() {
    const old = kept();
    const ms = old && beginAt(old.ms, store.get('duration'));
    store.set({ back: offers && ms && Math.abs(ms - link.from) > ELSEWHERE ? ms : null });
  }
  /** What was heard elsewhere since: taken without moving the page. */
  function takeOver() {
    if (!own) return offer();
    const newer = kept();
    if (store.get('playing') || store.get('timing') || !isNewer(newer, here)) return;
    here = newer;
    const ms = beginAt(newer.ms, store.get('duration'));
    if (ms === player.now()) return;
    store.set({ following: false });
    player.seek(ms);
  }

  function begin() {
    last = player.now();
    hear();
    note();
  }

  if (heard) begin();
  store.on('playing', begin, signal);
  store.on('route', ({ loop, skips }) => {
    if (!loop && !skips.length) return;
    offers = false;
    store.set({ back: null });
  }, signal);
  player.on('tick', () => {
    if (!store.get('playing')) return;
    const now = player.now();
    if (now > last && now < last + LEAP) left -= now - last;
    last = now;
    hear();
    if (!own && left <= 0) settle();
    else if (Date.now() - noted >= OFTEN) note();
  }, signal);
  addEventListener('pagehide', note, { signal });
  document.addEventListener('visibilitychange', () => document.hidden && note(), { signal });
  return { settle, takeOver };
}
