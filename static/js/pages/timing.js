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
  let awaited = false; // only the server knows which line is next, for something was undone
  let said = ''; // in answer to the last wish
  let strayed = false; // the reader has scrolled away
  let usual = null; // the rate before it was slowed
  let answers = []; // deeds, one for each answer to what is asked
  const saving = createSaving({ store, t, lines }, { changed: show, undone });

  function show() {
    const stands = saving.stands();
    if (saving.ready) store.set({ stands });
    if (!mode) return;
    const { question } = saving;
    answers = question?.answers.map(([, deed]) => deed) ?? [];
    store.set({ timing: {
      next,
      last,
      after: next < 0 ? -1 : spokenFrom(stands, next),
      gap: gapBefore(stands, next),
      asking: question && { sentence: question.sentence, answers: question.answers.map(([words]) => words) },
      message: said || saving.status,
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
    return tapTime({ now: player.now(), rate, playing: state === 'playing', reaction: reaction(), late: performance.now() - at, delay: store.get('delay') });
  }

  const say = (key) => (said = t(key));
  function point(line) {
    next = line;
    last = sureUpTo(store.get('stands'), line);
  }
  function choose(line) {
    awaited = false;
    point(line);
  }
  /** A deed that needs to know which line is next. */
  const settled = (deed) => (detail) => {
    awaited &&= saving.unsettled;
    if (awaited) say('timing.moment');
    else deed(detail);
  };
  function tap({ at }) {
    if (next < 0) return;
    if (!player.heard) return say('timing.silent');
    const stands = store.get('stands');
    const startMs = heardAt(at);
    if (last >= 0 && last < next && stands.sure(last) && stands.start(last) === startMs) return say('timing.still');
    last = next;
    next = spokenFrom(stands, last);
    saving.change(last, { startMs });
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
    else say('timing.unnudged');
  }
  function gap({ at }) {
    const stands = store.get('stands');
    const line = spokenFrom(stands, next < 0 ? stands.count : next, -1);
    const begins = gapBefore(stands, next) === null;
    if (line < 0) say('timing.nobefore');
    else if (begins && !player.heard) say('timing.silent');
    else saving.change(line, { endMs: begins ? heardAt(at) : null });
  }
  function unspoken() {
    if (next < 0) return;
    const line = next;
    const wanted = !store.get('stands').unspoken.has(line);
    if (wanted) choose(spokenFrom(store.get('stands'), line));
    saving.change(line, { unspoken: wanted });
  }
  /** What has not arrived yet is undone here, at once; the server says what else is. */
  function turn(kind) {
    const before = saving.stands();
    if (saving.turn(kind)) goBack(before, saving.stands());
    else awaited = true;
  }
  /** To the line that is to be timed again, or the one behind it. */
  function goBack(before, after) {
    const line = lineAfterUndo(before, after);
    if (line === null) return;
    store.set({ stands: saving.stands() });
    point(line);
  }
  function undone(before, after) {
    if (!mode || !awaited) return; // or somebody has gone elsewhere
    said = '';
    goBack(before, after);
  }
  function hear() {
    const ms = next < 0 ? -1 : store.get('stands').start(next);
    if (ms >= 0) wish('play-from', { ms: Math.max(0, ms - BEFORE) });
    else say('timing.unheard');
  }
  function slower() {
    const slow = player.rate === SLOW;
    const rate = slow ? usual ?? 1 : SLOW;
    usual = slow ? null : player.rate;
    player.setRate(rate);
  }

  const deeds = {
    hear,
    tap: settled(tap),
    gap: settled(gap),
    unspoken: settled(unspoken),
    choose: ({ line }) => choose(line),
    pass: () => next >= 0 && choose(spokenFrom(store.get('stands'), next)),
    up: () => step(-1),
    down: () => step(1),
    earlier: settled(() => nudge(-NUDGE)),
    later: settled(() => nudge(NUDGE)),
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
    awaited = saving.unsettled;
    store.set({ stands: saving.stands() });
    point(whereToGoOn(store.get('stands'), player.now()));
    show();
    document.addEventListener('timing', ({ detail }) => {
      said = '';
      (always[detail.act] ?? (saving.ready && deeds[detail.act]))?.(detail);
      show();
    }, { signal });
    store.on('following', (following) => (strayed = !following), signal);
    addEventListener('focus', () => saving.readAgain().then(show, () => {}), { signal }); // another tab may have changed something
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
    saving.leave();
    leaving.abort();
    button.focus({ preventScroll: true });
  }

  rows.mountHeads({ store, t, lines });
  return { enter, run: saving.run };
}
