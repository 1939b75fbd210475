// The server's part in timing a text: what it said last, what is on its way to
// it, and what it asks back.

import { clock } from '../core/clock.js';
import { createTimeline } from '../core/timeline.js';
import { isTakenBack, standing, withoutRefused } from '../core/timing.js';
import { createApi } from '../io/api.js';
import { recall, remember } from '../io/memory.js';
import { createOutbox } from '../io/outbox.js';
import { createAsking } from './asking.js';

const nothing = { segments: [], set: [], ends: [], unspoken: [], offers: [] };
const untimed = createTimeline({ start: [], length: [] });

/**
 * @param {object} tell `changed()` after everything that may show; before it,
 *   `undone(before, after)`: what stood when something was undone or redone, and
 *   now; `lost(sentence)`: something was not saved, and why
 */
export function createSaving({ store, t, lines }, { changed, undone, lost }) {
  const page = document.body.dataset;
  const lang = new URL(page.times, location.href).searchParams.get('lang') ?? '';
  const api = createApi(page.base).changes(page.episode, lang);
  const name = `${page.episode}:${lang}`;
  let reading = null; // what the server said last
  let stale = false; // the page shows an older text
  let message = '';

  const outbox = createOutbox(`outbox:${name}`, { recall, remember }, { send: api.send, answered, refused, changed, without: withoutRefused });
  const asking = createAsking(`questions:${name}`, { t, lines, recall, remember, send });

  function take(answer) {
    stale = answer.text !== page.hash;
    if (stale) return;
    reading = { ...answer, segments: answer.segments ?? reading?.segments ?? [] };
    store.set({ timeline: createTimeline(answer.times) });
  }
  const stands = (waiting = outbox.waiting()) => (reading ? standing(reading, store.get('timeline'), waiting) : standing(nothing, untimed, []));

  function answered({ kind, segment, change }, answer) {
    const before = stands([]);
    take(answer);
    if (kind === 'line') {
      asking.settled(segment);
      message = change.startMs >= 0 ? t('timing.saved.at', clock(change.startMs)) : t('timing.saved');
    } else {
      message = t(kind === 'undo' ? 'timing.undone' : 'timing.redone');
      if (!stale) undone(before, stands([]));
    }
  }
  function refused(wish, error) {
    if (isTakenBack(outbox.waiting(), wish)) {
      message = t('timing.undone');
      return undone(stands([wish]), stands([]));
    }
    if (error.lines?.length) {
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
  function reload() {
    location.reload();
  }

  return {
    run: outbox.run,
    stands,
    read: async () => take(await api.read()),
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
    turn: (kind) => outbox.put({ kind }),
    say: (words) => (message = words),

    /** A sentence and its answers, each its words and its deed; null if nothing is asked. */
    get question() {
      if (stale) return { sentence: t('timing.stale'), answers: [[t('timing.reload'), reload]] };
      return reading && asking.first(reading);
    },
    /** How the last change fares. */
    get status() {
      const waits = outbox.waiting().length;
      if (!outbox.trouble || !waits) return message;
      if (outbox.trouble === 'denied') return t('timing.denied');
      return waits === 1 ? t('timing.wait') : t('timing.waits', waits);
    },
  };
}
