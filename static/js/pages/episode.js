// The reading page: what it knows, its parts, and what their wishes do.

import { readLink } from '../core/clock.js';
import { straight } from '../core/route.js';
import { createStore } from '../core/store.js';
import { createTimeline } from '../core/timeline.js';
import { speaker } from '../core/words.js';
import { load, once } from '../io/load.js';
import { createMark } from '../io/marks.js';
import { recall } from '../io/memory.js';
import { audioPlayer } from '../io/player.js';
import * as follow from '../parts/follow.js';
import * as hand from '../parts/lines.js';
import * as transcript from '../parts/transcript.js';
import { fit } from './fit.js';
import { listen } from './listen.js';
import { whenAsked } from './asked.js';

const page = document.body;
const one = (selector) => page.querySelector(selector);
const words = JSON.parse(one('#words').textContent);
const t = speaker(words);
const { signal } = new AbortController();
const text = one('[data-transcript]');
const lines = text ? Array.from(text.querySelectorAll('[data-line]')) : [];
const link = readLink(location.search);
const habits = recall('listening') ?? {};
if (habits.size) document.documentElement.style.setProperty('--size', habits.size);

const store = createStore({
  times: null, // as the server sent them
  timeline: null,
  common: null, // where this listener's own shift holds, the timeline by which links count
  shift: [], // how the sound's times differ from the text's, see core/shift.js
  misfit: 0, // ms that the text goes on after the sound; less than 0, the sound after the text
  resync: null, // while a text is put right, see pages/resync.js
  spoken: { line: -1, word: -1, also: [], maybe: [], about: -1, said: -1 },
  following: true,
  back: null, // ms: where the listener was, while a link has led elsewhere
  timing: null, // while lines are timed: which comes next, and more
  stands: null, // and what is known of each
  voice: '', // which way the voice is, while not following: up, down
  shown: null, // a line to bring into view
  landed: null, // the passage a link opened
  faded: false,
  find: { hits: [], at: -1 },
  copied: null,
  confirming: {},
  playing: false,
  trouble: '',
  second: 0,
  duration: null,
  rate: 1,
  plusMinus: 0, // ms by which the clock may be off
  frame: 'ask', // of somebody else's player: ask, full, slim
  delay: 0, // ms by which it is heard later than the clock says
  size: habits.size ?? 1, // of the text, a factor
  selected: null, // a passage that can be looped
  letters: recall('letters') ?? true, // single letters are keys
  route: straight,
  speakerOf,
  voices: null, // who speaks each line, where that differs from the page as it came
});

/** Name of who speaks a line: on its turn, or on the one that turn goes on from. */
function speakerOf(line) {
  let turn = lines[line]?.closest('.turn');
  while (turn?.classList.contains('on')) turn = lines[turn.querySelector('[data-line]').dataset.line - 1]?.closest('.turn');
  return turn?.querySelector('cite')?.textContent ?? '';
}

function mountParts() {
  const shared = { store, signal, t, lines, transcript: text, mark: createMark };
  follow.mount(text, shared);
  transcript.mount(text, shared);
  hand.mount(text, shared);
}

document.addEventListener('show-line', ({ detail: { line } }) => store.set({ following: false, shown: { line } }), { signal });

/** What the address names: a stretch of time, else a line by its place, #l12. */
async function named() {
  if (link) return (await import('../core/passage.js')).textBetween(store.get('common') ?? store.get('timeline'), link, (line) => lines[line].textContent);
  const line = Number(/^#l(\d+)$/.exec(location.hash)?.[1] ?? -1);
  return lines[line] ? { from: { line, offset: 0 }, to: { line, offset: Infinity } } : null;
}

/** What plays, if anything does, and the sentence for each of its troubles. */
async function openSound() {
  if (one('#audio')) return [audioPlayer(one('#audio')), { failed: t('audio.failed'), refused: t('audio.aborted') }];
  if (!one('.frame')) return [];
  try {
    const { openForeign } = await import('./foreign.js'); // a plain sound loads nothing of it
    return await openForeign(one('.frame'), { store, signal, t });
  } catch { // the text is there all the same
    one('.frame p').textContent = t('frame.missing', one('.frame').dataset.name);
    for (const dead of page.querySelectorAll('.transport > :not(.frame), .frame button, .time-this')) dead.hidden = true;
    return [];
  }
}

async function land() {
  const passage = await named().catch(() => null); // its script did not come
  if (!passage) return;
  store.set({ landed: passage, shown: { line: passage.from.line } });
  if (!link?.to) setTimeout(() => store.set({ faded: true }), 6000);
}

if (text) mountParts();
const [player, troubles] = await openSound();
const allWords = once(() => load(new URL(`../../words/${document.documentElement.lang}.json`, import.meta.url)).then((all) => Object.assign(words, all)));
/** What few need: its script, and the words that only it says; failed names the sentence for where they do not come. */
function later(fetchScript, create, failed) {
  const made = once(() => Promise.all([fetchScript(), allWords()]).then(([module]) => create(module)));
  return () => made().catch(() => failed && store.set({ trouble: t(failed) }));
}
const sound = player && await listen(player, one('.transport'), { store, signal, t, lines, link, troubles, habits, later });
const take = sound && text ? fit({ store, signal, t, lines, transcript: text, player, link, page: page.dataset, later }) : (known) => store.set({ timeline: createTimeline(known) });
const times = page.dataset.times && load(page.dataset.times).then(async (known) => {
  await take(known);
  land();
  sound?.lightUp();
}, () => store.set({ trouble: t('times.failed') }));
whenAsked({ store, signal, t, lines, transcript: text, player, times, later, mark: createMark, page: page.dataset });
