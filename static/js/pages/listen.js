// The sound of the reading page: player, transport, keys.

import { backTo, heardAt, lagOf, nextTurn, straight, turnAt } from '../core/route.js';
import { beat, whenIdle } from '../io/beat.js';
import { once } from '../io/load.js';
import { recall, remember } from '../io/memory.js';
import * as keys from '../parts/keys.js';
import * as seekBar from '../parts/seek.js';
import * as transport from '../parts/transport.js';

/** @param troubles the sentence for each trouble of the player */
export async function listen(player, bar, { store, signal, t, lines, link, troubles, habits, later }) {
  let heard = false;
  let leftWhilePlaying = false;
  let told = ''; // the player's last trouble
  let from = 0; // where the sound last began to run, ms
  let running = false;

  const reroute = (patch) => store.set({ route: { ...store.get('route'), ...patch } });
  store.set({ route: { ...straight, until: link?.to ?? null } });
  store.set({ duration: player.duration ?? (Number(bar.querySelector('input').max) || null) });
  store.set({ chapters: Array.from(document.querySelectorAll('.chapters [data-start]'), (a) => Number(a.dataset.start)) });
  transport.mount(bar, { store, signal, t, can: player.can });

  // — the place, from one visit to the next

  const name = `place:${document.body.dataset.episode}`;
  let place = null;
  const keepPlace = once(() => import('./placing.js').then((module) => (place = module.keepPlace(player, { store, signal, link, name, heard }))));
  const placing = (then) => (place ? then(place) : keepPlace().then(then, () => {})); // it is heard all the same
  const takeOver = () => recall(name) && placing(({ takeOver }) => takeOver());
  if (link) player.seek(link.from);
  await takeOver(); // before anybody can move

  seekBar.mount(bar.querySelector('.seek'), { store, signal, t, lines, whenIdle });
  keys.mount(document, { store, signal });

  // — wishes

  /** The reader moves: a link's passage is over, and so is a loop that they leave. */
  function seek(ms) {
    const { loop } = store.get('route');
    reroute({ until: null, loop: loop && ms >= loop.from && ms < loop.to ? loop : null });
    heard = true;
    store.set({ faded: true });
    player.seek(ms);
    placing(({ settle }) => settle());
    store.set({ following: true });
  }
  function hear() {
    heard = true;
    if (!leftWhilePlaying) store.set({ following: true });
  }
  function play() {
    place?.takeOver();
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
  const rarer = later(() => import('./listening.js'), (module) => module.createListening(bar, { store, signal, t, lines, player, wishes }), 'more.failed');
  for (const name of ['loop', 'faster', 'delay', 'output', 'awake', 'size']) {
    wishes[name] = (detail) => rarer().then((module) => module?.[name](detail));
  }
  if (habits.awake || habits.delays) store.on('playing', rarer, signal);
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

  function readTrouble() {
    if (player.trouble) store.set({ trouble: troubles[player.trouble] });
    else if (told) store.set({ trouble: '' });
    told = player.trouble;
  }
  function readState() {
    const state = player.state;
    store.set({ playing: state === 'playing' || state === 'waiting', duration: player.duration ?? store.get('duration') });
    if (state === 'playing' && !running) from = player.now();
    running = state === 'playing';
    if (running && !heard) hear(); // not by our buttons
    readTrouble();
    readClock();
  }
  const lag = () => (running ? lagOf(store.get('delay'), store.get('rate')) : 0);
  const heardNow = (now) => heardAt(now, lag(), from);
  const readClock = () => store.set({ second: Math.floor(player.now() / 1000), plusMinus: player.plusMinus });
  player.on('state', readState, signal);
  player.on('tick', readClock, signal);
  player.on('seeked', () => {
    from = player.now();
    readClock();
  }, signal);
  player.on('ratechange', () => {
    from = heardNow(player.now()); // or faster, with a delay, would go back
    store.set({ rate: player.rate });
  }, signal);
  store.on('following', (following) => (leftWhilePlaying = !following && store.get('playing')), signal);

  // — the light

  function lightUp() {
    const again = beat(player, {
      signal,
      next(now) {
        const turn = nextTurn(store.get('route'), now);
        return document.hidden ? turn : Math.min(store.get('timeline').next(heardNow(now)) + lag(), turn);
      },
      show(now) {
        if (store.get('playing')) takeTurn(turnAt(store.get('route'), now));
        if (!document.hidden) store.set({ spoken: store.get('timeline').at(heardNow(now)) });
      },
    });
    store.on('timeline', again, signal);
    store.on('route', again, signal);
    store.on('delay', again, signal);
    document.addEventListener('visibilitychange', again, { signal });
  }

  function takeTurn(turn) {
    if (turn?.stop) {
      player.pause();
      if (store.get('route').until !== null) reroute({ until: null });
    } else if (turn) player.seek(turn.to);
  }

  readState();
  const rate = recall('rate');
  if (rate) player.setRate(rate);
  store.on('playing', () => placing(() => {}), signal);
  addEventListener('focus', takeOver, { signal });
  document.addEventListener('visibilitychange', () => document.hidden || takeOver(), { signal });
  const title = document.querySelector('h1').textContent;
  const about = { title, artist: document.title.slice(`${title} · `.length), cover: document.body.dataset.cover };
  const locked = new AbortController();
  store.on('playing', () => {
    locked.abort(); // once
    import('../io/session.js').then(({ mediaSession }) => mediaSession(player, about, { play, skip, seek, signal }), () => {}); // heard all the same
  }, locked.signal);
  return { player, lightUp };
}
