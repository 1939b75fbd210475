// Who speaks each line, when the server says it anew: after a change, after
// undoing one, or because somebody else has changed it.

import { whoSpeaks } from '../core/lanes.js';
import { otherName, stillPassed, toldVoices } from '../core/voices.js';
import * as turns from '../parts/turns.js';

const mounted = new WeakSet(); // texts that are laid out anew

/**
 * Takes what an answer says about who speaks; the page shows it.
 * @returns {{from: string, to: string}|null} the names of the first line that is another's: shown so far, and now
 */
export function takeVoices(answer, { store, lines }) {
  const before = store.get('voices') ?? whoSpeaks(lines);
  const alone = answer.speakers.length < 2 && !before.names.length; // a page where only one speaks does not say who
  const after = toldVoices(answer, before);
  const other = alone ? null : otherName(before, after);
  if (!other) return null;
  const text = lines[0].closest('[data-transcript]');
  if (!mounted.has(text)) turns.mount(text, { store });
  mounted.add(text);
  const passed = store.get('passed');
  store.set({ voices: after, ...(passed?.size && { passed: stillPassed(passed, before, after) }) });
  return other;
}
