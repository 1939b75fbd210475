// The sound of the reading page: player, transport, keys, and the place
// remembered from one visit to the next.

import { backTo, nextTurn, straight, turnAt } from '../core/route.js';
import { beat, whenIdle } from '../io/beat.js';
import { recall, remember } from '../io/memory.js';
import { mediaSession } from '../io/session.js';
import * as keys from '../parts/keys.js';
import * as seekBar from '../parts/seek.js';
import * as transport from '../parts/transport.js';

const OFTEN = 5; // s between two notes of the place
const NEARLY = 3000; // ms from the end: the next visit begins anew

/** @param troubles the sentence for each trouble of the player */
export function listen(player, bar, { store, signal, t, lines, link, troubles }) {
  const page = document.body.dataset;
  const place = `place:${page.episode}`;
  let heard = false; // a page nobody played on must not overwrite the place
  let leftWhilePlaying = false;
  let told = ''; // the player's last trouble

  const goStraight = () => store.set({ route: { ...store.get('route'), until: null } }); // the reader moves: a link's passage is over
  store.set({ route: { ...straight, until: link?.to ?? null } });
  store.set({ duration: player.duration ?? (Number(bar.querySelector('input').max) || null) });
  const chapters = Array.from(document.querySelectorAll('.chapters [data-start]'), (a) => Number(a.dataset.start));
  transport.mount(bar, { store, signal, t, can: player.can });
  seekBar.mount(bar.querySelector('.seek'), { store, signal, t, lines, chapters, whenIdle });
  keys.mount(document, { store, signal });

  // — wishes

  function seek(ms) {
    goStraight();
    heard = true;
    store.set({ faded: true });
    player.seek(ms);
    store.set({ following: true });
  }
  function hear() {
    heard = true;
    if (!leftWhilePlaying) store.set({ following: true });
  }
  function play() {
    hear();
    store.set({ trouble: '' });
    player.play();
  }
  const toggle = () => (store.get('playing') ? player.pause() : play());
  const skip = (by) => seek(by < 0 ? backTo(store.get('route'), player.now() + by) : player.now() + by);
  async function turn(by) {
    const { findTurn } = await import('./turns.js');
    const ms = findTurn(by, { store, player });
    if (ms !== undefined) seek(ms);
  }

  const wishes = {
    toggle,
    skip: ({ by }) => skip(by),
    turn: ({ by }) => turn(by),
    seek: ({ ms }) => seek(ms),
    'play-from': ({ ms }) => {
      seek(ms);
      play();
    },
    follow: () => store.set({ following: true }),
    rate: ({ rate }) => {
      player.setRate(rate);
      remember('rate', rate);
    },
  };
  for (const [name, grant] of Object.entries(wishes)) {
    document.addEventListener(name, (event) => grant(event.detail), { signal });
  }
  document.addEventListener('click', (event) => {
    const chapter = event.target.closest('.chapters [data-start]');
    if (!chapter || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    seek(Number(chapter.dataset.start));
  }, { signal });

  // — what the player says

  function note() {
    const ms = player.now();
    if (heard) remember(place, ms > (player.duration ?? Infinity) - NEARLY ? 0 : ms);
  }
  function readTrouble() {
    if (player.trouble) store.set({ trouble: troubles[player.trouble] });
    else if (told) store.set({ trouble: '' });
    told = player.trouble;
  }
  function readState() {
    const state = player.state;
    store.set({ playing: state === 'playing' || state === 'waiting', duration: player.duration ?? store.get('duration') });
    if (state === 'playing' && !heard) hear(); // not by our buttons
    if (state === 'paused' || state === 'ended') note();
    readTrouble();
    readClock();
  }
  const readClock = () => store.set({ second: Math.floor(player.now() / 1000), plusMinus: player.plusMinus });
  player.on('state', readState, signal);
  player.on('tick', readClock, signal);
  player.on('seeked', readClock, signal);
  player.on('ratechange', () => store.set({ rate: player.rate }), signal);
  store.on('second', (second) => second % OFTEN === 0 && note(), signal);
  store.on('following', (following) => (leftWhilePlaying = !following && store.get('playing')), signal);
  addEventListener('pagehide', note, { signal });

  // — the light

  function lightUp() {
    const again = beat(player, {
      signal,
      next: (now) => Math.min(store.get('timeline').next(now), nextTurn(store.get('route'), now)),
      show(now) {
        if (store.get('playing')) takeTurn(turnAt(store.get('route'), now));
        store.set({ spoken: store.get('timeline').at(now) });
      },
    });
    store.on('timeline', again, signal);
    store.on('route', again, signal);
    document.addEventListener('visibilitychange', again, { signal });
  }

  function takeTurn(turn) {
    if (turn?.stop) {
      player.pause();
      goStraight();
    } else if (turn) player.seek(turn.to);
  }

  function resume() {
    const rate = recall('rate');
    if (rate) player.setRate(rate);
    const ms = link ? link.from : recall(place);
    if (!ms) return;
    if (!link) store.set({ following: false }); // the place is known, but the page stays where it is
    player.seek(ms);
  }

  readState();
  resume();
  mediaSession(player, { title: document.querySelector('h1').textContent, artist: document.title.split(' · ')[1] ?? '' }, { toggle, skip, seek, signal });
  return { player, lightUp };
}
