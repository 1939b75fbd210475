// The server's part in timing a text: what it said last, what is on its way to
// it, and what it asks back.

import { clock } from '../core/clock.js';
import { heardTimeline, readShift } from '../core/shift.js';
import { createTimeline } from '../core/timeline.js';
import { isTakenBack, replay, standing, withoutRefused } from '../core/timing.js';
import { createApi } from '../io/api.js';
import { recall, remember } from '../io/memory.js';
import { createOutbox } from '../io/outbox.js';
import { createAsking } from './asking.js';
import { takeVoices } from './voices.js';

const nothing = { segments: [], set: [], ends: [], unspoken: [], offers: [] };
const untimed = createTimeline({ start: [], length: [] });

/**
 * @param {object} tell `changed()` after everything that may show; before it,
 *   `undone(before, after)`: what the server knew when it undid or redid
 *   something, and now
 */
export function createSaving({ store, t, lines }, { changed, undone }) {
  const page = document.body.dataset;
  const lang = new URL(page.times, location.href).searchParams.get('lang') ?? '';
  const api = createApi(page.base).changes(page.episode, lang);
  const name = `${page.episode}:${lang}`;
  let reading = null; // what the server said last
  let stale = false; // the page shows an older text
  let message = '';
  let told = ''; // of what waits, where there is no panel

  const outbox = createOutbox(`outbox:${name}`, { recall, remember }, { send: api.send, answered, refused, changed: shown, without: withoutRefused });
  const asking = createAsking(`questions:${name}`, { t, lines, recall, remember, send });

  function take(answer) {
    stale = answer.text !== page.hash;
    if (stale) return null;
    reading = { ...answer, segments: answer.segments ?? reading?.segments ?? [] };
    store.set({ times: answer.times, shift: readShift(answer.times.shift), common: null, timeline: heardTimeline(answer.times) });
    return takeVoices(answer, { store, lines });
  }
  const stands = (waiting = outbox.waiting()) => (reading ? standing(reading, store.get('timeline'), waiting) : standing(nothing, untimed, []));

  function answered({ kind, segment, change }, answer) {
    const before = stands([]);
    const other = take(answer);
    if (kind === 'line') {
      asking.settled(segment);
      message = change.startMs >= 0 ? t('timing.saved.at', clock(change.startMs)) : t('timing.saved');
    } else {
      message = turned(kind, other);
      if (!stale) undone(before, stands([]));
    }
  }
  /** That something was undone or redone, and what if it was a name. */
  function turned(kind, other) {
    const [was, is] = [other?.from, other?.to].map((name) => name || t('speakers.nobody'));
    if (kind === 'undo') return other ? t('timing.undone.name', is, was) : t('timing.undone');
    return other ? t('timing.redone.name', was, is) : t('timing.redone');
  }
  function refused(wish, error) {
    if (isTakenBack(outbox.waiting(), wish)) message = t('timing.undone');
    else if (error.lines?.length) {
      message = t('timing.contradicts');
      asking.add(wish, error.message);
      lost(t('timing.undecided'));
    } else {
      message = error.message || t('timing.refused');
      lost(t('timing.lost', message));
    }
  }
  function send(segment, change) {
    outbox.put({ kind: 'line', segment, change });
  }
  /** That something cannot be sent now; '' if all can. */
  function waits() {
    const waiting = outbox.waiting();
    if (!outbox.trouble || !waiting.length) return '';
    if (outbox.trouble === 'denied') return t('timing.denied');
    const taps = replay(waiting).counting.length;
    if (!taps) return t('timing.wait.undo');
    return taps === 1 ? t('timing.wait') : t('timing.waits', taps);
  }
  /** Where there is no panel to say it, the player's bar does. */
  function lost(sentence) {
    if (!store.get('timing')) store.set({ trouble: sentence });
  }
  function tellWaiting() {
    const words = store.get('timing') ? '' : waits();
    if (['', told].includes(store.get('trouble'))) store.set({ trouble: told = words });
  }
  function shown() {
    tellWaiting();
    changed();
  }
  function reload() {
    location.reload();
  }

  return {
    run: outbox.run,
    stands,
    read: async () => take(await api.read()),
    /** What others have changed meanwhile; an answer on its way tells that too, and later. */
    async readAgain() {
      const before = reading;
      const answer = await api.read();
      if (reading === before && !outbox.waiting().length) take(answer);
    },
    /** Whether the lines of the page have names to be changed by. */
    get ready() {
      return Boolean(reading);
    },
    get undo() {
      return Boolean(reading?.undo) || outbox.waiting().length > 0;
    },
    get redo() {
      return Boolean(reading?.redo) || outbox.waiting().some(({ kind }) => kind === 'undo');
    },
    change: (line, change) => send(reading.segments[line], change),
    /** Undoes or redoes; reports whether that is a change on its way: only the server knows the others. */
    turn(kind) {
      outbox.put({ kind });
      return Boolean(replay(outbox.waiting()).meant.at(-1));
    },
    /** Whether it is not known yet what is being undone or redone. */
    get unsettled() {
      return !replay(outbox.waiting()).meant.every(Boolean);
    },
    /** What happens from now on is told without the panel. */
    leave() {
      message = '';
      tellWaiting();
    },

    /** A sentence and its answers, each its words and its deed; null if nothing is asked. */
    get question() {
      if (stale) return { sentence: t('timing.stale'), answers: [[t('timing.reload'), reload]] };
      return reading && asking.first(reading, replay(outbox.waiting()).counting);
    },
    /** How the last change fares. */
    get status() {
      return waits() || message;
    },
  };
}
