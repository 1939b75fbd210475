// Putting a text right that is ahead of the voice or behind it: one tap says
// so, another when a line is heard. Loaded when somebody needs it.

import { putEarlier, putPoint, sureLine } from '../core/resync.js';
import { heardTimeline, ownTime, placeOf, readShift } from '../core/shift.js';
import { createTimeline } from '../core/timeline.js';
import { readReaction, tapTime } from '../core/timing.js';
import { createApi } from '../io/api.js';
import { recall, remember } from '../io/memory.js';
import { addStyles } from '../io/styles.js';
import * as clocks from '../parts/clocks.js';
import * as misfitLine from '../parts/misfit.js';
import * as bar from '../parts/resync.js';

const LATER = 15_000; // ms; a line to wait for while the voice is ahead is further on than this
const AGREE = 250; // ms; text and voice that differ by less agree
const SAME = 2000; // ms; sounds whose lengths differ by less are one

const nothing = createTimeline({ start: [], length: [] }); // by which nothing is lit
const dark = (timeline) => ({ ...timeline, at: nothing.at, next: nothing.next });

/**
 * @param {object} shared beside what parts are given: `name` under which a
 *   listener's own shift is remembered, and `link`, the passage that was opened
 */
export async function createResync({ store, signal, t, lines, transcript, player, page, link, name, lang }) {
  const server = createApi(page.base).changes(page.episode, lang);
  const fits = name.replace('shift', 'fits');
  const served = () => readShift(store.get('times').shift);
  const printed = served(); // by which the page's own times are written
  let mode = null; // ends the mode
  let text = null; // in its own time
  let before = null; // what held when the mode began
  let noticed = 0; // and when that was
  let line = -1; // that is waited for
  let point = null; // where it was put
  let said = '';
  let changed = false; // the sound is another than the one that was put right

  // — what holds

  function hold(points, own) {
    const times = store.get('times');
    const timeline = heardTimeline(times, points);
    store.set({ shift: points, common: own ? heardTimeline(times) : null, timeline: mode && !point ? dark(timeline) : timeline });
  }
  function forget() {
    remember(name, null);
    hold(served(), false);
  }
  function keep(points) {
    const kept = remember(name, { points, durationMs: player.duration });
    hold(points, true);
    said = t(kept ? 'sync.mine' : 'sync.brief');
    if ('signed' in page) share(points, 'sync.unsaved', forget);
  }

  let sent = Promise.resolve();
  let latest = 0;
  /** Makes points everyone's; until that is answered, and if it fails, what holds here holds. */
  function share(points, failed, done) {
    const mine = ++latest;
    said = t('sync.sending');
    sent = sent.then(() => server.shift(points)).then((answer) => {
      if (answer.text === page.hash) store.set({ times: answer.times });
      if (mine !== latest) return;
      done();
      if (mode) tell(t('sync.everyone'));
    }).catch((error) => mine === latest && tell(t(failed, error.status ? error.message : t('sync.unanswered'))));
  }
  function tell(sentence) {
    said = sentence;
    if (mode) show();
    else store.set({ trouble: sentence });
  }

  /** A link counts by the times that the server gives, this listener's are others. */
  function moveLink(points) {
    const move = (ms) => placeOf(points, ownTime(printed, ms));
    const route = store.get('route');
    if (link.to !== null && route.until === link.to) store.set({ route: { ...route, until: move(link.to) } });
    if (player.now() === link.from) player.seek(move(link.from));
  }

  // — whether it fits

  function tellFit() {
    const over = store.get('misfit');
    const known = recall(fits) ?? Infinity;
    const fine = !over || Math.abs(known - player.duration) <= SAME;
    store.set({ notice: changed || !fine ? { changed, over: fine ? 0 : over, linked: !fine && link !== null } : null });
  }
  function compare() {
    const was = store.get('common') && recall(name)?.durationMs;
    if (!was || !player.duration || Math.abs(was - player.duration) <= SAME) return;
    changed = true;
    if (mode) leave();
    forget();
    tellFit();
  }

  // — what people do

  const holdOn = () => hold(store.get('shift'), Boolean(store.get('common'))); // lit or dark
  function show() {
    store.set({ resync: { line, done: point !== null, earlier: point?.earlier ?? false, undo: point?.made ?? false, message: said } });
  }
  function wait() {
    point = null;
    said = '';
    holdOn();
  }
  function begin({ way, now, line: lit }) {
    if (mode || store.get('timing')) return;
    text = createTimeline(store.get('times'));
    before = { points: store.get('shift'), own: store.get('common') && recall(name), served: served() };
    noticed = now;
    const own = ownTime(before.points, now);
    const later = text.begun(own + Math.max(0, store.get('misfit')) + LATER) + 1;
    const first = way === 'behind' ? later : lit >= 0 ? lit : text.begun(own) + 1;
    line = [sureLine(text, first), sureLine(text, text.count - 1, -1)].find((each) => each >= 0);
    if (line === undefined) return store.set({ trouble: t('sync.guesses') });
    mode = new AbortController();
    wait();
    show();
    bar.mount(document.querySelector('.resync'), { store, signal: mode.signal, t, lines, transcript });
  }
  function step({ by }) {
    const next = sureLine(text, line + by, by);
    if (next >= 0) line = next;
  }
  function choose({ line: chosen }) {
    if (sureLine(text, chosen) === chosen) line = chosen;
    else said = t('sync.unsure');
  }
  function tap({ at }) {
    if (point) return;
    if (!player.heard) return (said = t('timing.silent'));
    const { rate, state } = player;
    const h = tapTime({ now: player.now(), rate, playing: state === 'playing', reaction: readReaction(recall('reaction')), late: performance.now() - at, delay: store.get('delay') });
    put(h - text.start(line));
  }
  /** Where something is missing in the sound, it was missing already when that was noticed. */
  function put(byMs) {
    const start = text.start(line);
    const by = (points) => placeOf(points, start) - start;
    point = { made: Math.abs(byMs - by(store.get('shift'))) > AGREE };
    if (!point.made) said = t('sync.agree');
    if (!point.made) return holdOn();
    const spoken = byMs < by(before.points) ? sureLine(text, Math.min(line, text.begun(noticed - byMs)), -1) : line;
    point.atMs = text.start(spoken < 0 ? line : spoken);
    point.earlier = sureLine(text, line - 1, -1) >= 0;
    keep(putPoint(before.points, { atMs: point.atMs, byMs }));
  }
  function earlier() {
    point.earlier = false;
    keep(putEarlier(store.get('shift'), point.atMs));
  }
  function undo() {
    remember(name, before.own);
    hold(before.points, Boolean(before.own));
    if ('signed' in page) share(before.served, 'sync.unshared', before.own ? () => {} : forget);
    leave();
  }
  function leave() {
    const leaving = mode;
    mode = null;
    if (!point) holdOn();
    store.set({ resync: null });
    leaving.abort();
  }
  function dismiss() {
    remember(fits, player.duration);
    changed = false;
    tellFit();
  }
  const always = { begin, fits: dismiss, off: () => (store.get('common') ? forget() : share([], 'sync.unshared', forget)) };
  const inMode = { step, choose, tap, earlier, undo, leave, again: wait };
  function act({ act: name, ...detail }) {
    if (always[name]) return always[name](detail);
    if (!mode) return;
    inMode[name](detail);
    if (mode) show();
  }

  clocks.mount(document.querySelector('main'), { store, signal, printed });
  const own = recall(name);
  if (own && !store.get('timeline')) {
    hold(own.points, true);
    if (link) moveLink(own.points);
  }
  await addStyles(new URL('../../css/resync.css', import.meta.url));
  misfitLine.mount(document.querySelector('.misfit'), { store, signal, t });
  store.on('misfit', tellFit, signal);
  store.on('timing', (timing) => timing && mode && leave(), signal);
  player.on('state', compare, signal);
  compare();
  tellFit();
  return { act };
}
