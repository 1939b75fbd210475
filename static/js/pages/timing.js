// Timing a text by ear: the mode of the reading page in which a tap says "this
// line begins now". Loaded when somebody asks for it.

import { gapBefore, lineAfterUndo, readReaction, spokenFrom, sureUpTo, tapTime, whereToGoOn } from '../core/timing.js';
import { recall, remember } from '../io/memory.js';
import * as rows from '../parts/rows.js';
import * as panel from '../parts/timing.js';
import { createSaving } from './saving.js';

const NUDGE = 50; // ms
const BEFORE = 2000; // ms that are heard before a line
const SLOW = 0.75;

export function createTiming({ store, t, lines, transcript, player, button }) {
  let mode = null; // ends the mode
  let next = -1;
  let last = -1; // the line that a nudge moves
  let awaited = -1; // which line was next when something was undone
  let strayed = false; // the reader has scrolled away
  let usual = null; // the rate before it was slowed
  let answers = []; // deeds, one for each answer to what is asked
  const saving = createSaving({ store, t, lines }, { changed: show, undone, lost });

  function show() {
    if (!mode) return;
    const stands = saving.stands();
    const { question } = saving;
    answers = question?.answers.map(([, deed]) => deed) ?? [];
    store.set({ stands });
    store.set({ timing: {
      next,
      last,
      after: next < 0 ? -1 : spokenFrom(stands, next),
      gap: gapBefore(stands, next),
      asking: question && { sentence: question.sentence, answers: question.answers.map(([words]) => words) },
      message: saving.status,
      undo: saving.undo,
      redo: saving.redo,
      ready: saving.ready,
      canSlow: player.can.rate,
      reaction: reaction(),
    } });
  }

  // — what people do

  const reaction = () => readReaction(recall('reaction'));
  const wish = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));
  function heardAt(at) {
    const { rate, state } = player;
    return tapTime({ now: player.now(), rate, playing: state === 'playing', reaction: reaction(), late: performance.now() - at });
  }

  function choose(line) {
    next = line;
    last = sureUpTo(store.get('stands'), line);
  }
  function tap({ at }) {
    if (next < 0) return;
    last = next;
    next = spokenFrom(store.get('stands'), last);
    saving.change(last, { startMs: heardAt(at) });
    if (!strayed) store.set({ following: true });
  }
  function step(by) {
    const { count } = store.get('stands');
    choose(next < 0 ? count - 1 : Math.max(0, Math.min(count - 1, next + by)));
    store.set({ following: true });
  }
  function nudge(by) {
    const stands = store.get('stands');
    if (last >= 0 && stands.sure(last)) saving.change(last, { startMs: Math.max(0, stands.start(last) + by) });
    else saving.say(t('timing.unnudged'));
  }
  function gap({ at }) {
    const stands = store.get('stands');
    const line = spokenFrom(stands, next < 0 ? stands.count : next, -1);
    if (line < 0) saving.say(t('timing.nobefore'));
    else saving.change(line, { endMs: gapBefore(stands, next) === null ? heardAt(at) : null });
  }
  function unspoken() {
    if (next < 0) return;
    const line = next;
    const wanted = !store.get('stands').unspoken.has(line);
    if (wanted) choose(spokenFrom(store.get('stands'), line));
    saving.change(line, { unspoken: wanted });
  }
  function turn(kind) {
    awaited = next;
    saving.turn(kind);
  }
  /** Back to the line that is to be timed again, unless somebody has gone elsewhere. */
  function undone(before, after) {
    if (!mode || next !== awaited) return;
    const line = lineAfterUndo(before, after);
    if (line === null) return;
    store.set({ stands: after });
    choose(line);
    awaited = line;
  }
  /** Where there is no panel to say it, the player's bar does. */
  function lost(sentence) {
    if (!mode) store.set({ trouble: sentence });
  }
  function hear() {
    const ms = next < 0 ? -1 : store.get('stands').start(next);
    if (ms >= 0) wish('play-from', { ms: Math.max(0, ms - BEFORE) });
    else saving.say(t('timing.unheard'));
  }
  function slower() {
    const slow = player.rate === SLOW;
    const rate = slow ? usual ?? 1 : SLOW;
    usual = slow ? null : player.rate;
    player.setRate(rate);
  }

  const deeds = {
    tap, gap, unspoken, hear,
    choose: ({ line }) => choose(line),
    pass: () => next >= 0 && choose(spokenFrom(store.get('stands'), next)),
    up: () => step(-1),
    down: () => step(1),
    earlier: () => nudge(-NUDGE),
    later: () => nudge(NUDGE),
    undo: () => turn('undo'),
    redo: () => turn('redo'),
  };
  const always = { // also where the page shows an older text
    slower,
    leave,
    back: () => wish('skip', { by: -BEFORE }),
    answer: ({ answer }) => answers[answer]?.(),
    reaction: ({ typed }) => remember('reaction', readReaction(typed)),
  };

  // — into the mode and out of it

  async function enter() {
    try {
      await saving.read();
    } catch (error) {
      return store.set({ trouble: error.status ? error.message : t('timing.failed') });
    }
    if (mode) return;
    mode = new AbortController();
    const { signal } = mode;
    strayed = false;
    store.set({ stands: saving.stands() });
    choose(whereToGoOn(store.get('stands'), player.now()));
    show();
    document.addEventListener('timing', ({ detail }) => {
      (always[detail.act] ?? (saving.ready && deeds[detail.act]))?.(detail);
      show();
    }, { signal });
    store.on('following', (following) => (strayed = !following), signal);
    const shared = { store, signal, t, lines };
    rows.mount(transcript, shared);
    panel.mount(document.querySelector('.timing'), shared);
    if (next >= 0) store.set({ shown: { line: next } });
    saving.run();
  }

  function leave() {
    if (usual !== null && player.rate === SLOW) slower();
    const leaving = mode;
    mode = null;
    store.set({ timing: null });
    saving.say('');
    leaving.abort();
    button.focus({ preventScroll: true });
  }

  return { enter, run: saving.run };
}
