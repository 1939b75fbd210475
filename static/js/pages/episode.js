// The reading page: what it knows, its parts, and what their wishes do.

import { readLink, textBetween } from '../core/passage.js';
import { straight } from '../core/route.js';
import { createStore } from '../core/store.js';
import { createTimeline } from '../core/timeline.js';
import { speaker } from '../core/words.js';
import { createApi, Refusal } from '../io/api.js';
import { copy } from '../io/clipboard.js';
import { recall } from '../io/memory.js';
import { audioPlayer } from '../io/player.js';
import * as find from '../parts/find.js';
import * as follow from '../parts/follow.js';
import * as found from '../parts/found.js';
import * as hint from '../parts/hint.js';
import * as quote from '../parts/quote.js';
import * as transcript from '../parts/transcript.js';
import { listen } from './listen.js';

const page = document.body;
const one = (selector) => page.querySelector(selector);
const t = speaker(JSON.parse(one('#words').textContent));
const { signal } = new AbortController();
const text = one('[data-transcript]');
const api = createApi(page.dataset.base);
const lines = text ? Array.from(text.querySelectorAll('[data-line]')) : [];
const link = readLink(location.search);

const store = createStore({
  timeline: null,
  spoken: { line: -1, word: -1, maybe: [], about: -1 },
  following: true,
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
  letters: true, // single letters are keys
  route: straight,
  speakerOf,
  voices: null, // who speaks each line, where that differs from the page as it came
});

/** Name of who speaks a line: on its turn, or on the one that turn goes on from. */
function speakerOf(line) {
  let turn = lines[line]?.closest('.turn');
  while (turn?.classList.contains('on')) turn = turn.previousElementSibling ?? lastTurn(turn.parentElement.previousElementSibling);
  return turn?.querySelector('cite')?.textContent ?? '';
}
const lastTurn = (section) => section && Array.from(section.querySelectorAll('.turn')).at(-1);

function mountParts() {
  const shared = { store, signal, t, lines, transcript: text };
  follow.mount(text, shared);
  transcript.mount(text, shared);
  find.mount(one('.find'), shared);
  hint.mount(one('.hint'), shared);
  quote.mount(one('.quote'), { ...shared, page: location.origin + location.pathname, title: one('h1').textContent });
}

/** Takes a sound that the saved page names for the episode's own; null takes none. */
async function confirmSound({ url }) {
  store.set({ confirming: { busy: true } });
  try {
    await api.changeEpisode(page.dataset.episode, url ? { audio: url } : { found: false });
    location.reload();
  } catch (error) {
    store.set({ confirming: { error: (error instanceof Refusal && error.message) || t('found.failed') } });
  }
}

const wishes = {
  'confirm-sound': confirmSound,
  'show-line': ({ line }) => store.set({ following: false, shown: { line } }),
  'copy-text': ({ text: words, kind }) => copy(words).then(
    () => store.set({ copied: { kind } }),
    () => store.set({ copied: { kind: null } }),
  ),
};
for (const [name, grant] of Object.entries(wishes)) {
  document.addEventListener(name, (event) => grant(event.detail), { signal });
}

/** What the address names: a stretch of time, else a line by its place, #l12. */
function named() {
  if (link) return textBetween(store.get('timeline'), link, (line) => lines[line].textContent);
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

function land() {
  const passage = named();
  if (!passage) return;
  store.set({ landed: passage, shown: { line: passage.from.line } });
  if (!link?.to) setTimeout(() => store.set({ faded: true }), 6000);
}

if (text) mountParts();
if (one('.found')) found.mount(one('.found'), { store, signal });
const [player, troubles] = await openSound();
const sound = player && listen(player, one('.transport'), { store, signal, t, lines, link, troubles });
const times = page.dataset.times && api.times(page.dataset.times).then((known) => {
  store.set({ timeline: createTimeline(known) });
  land();
  sound?.lightUp();
}, () => store.set({ trouble: t('times.failed') }));

// — the panel behind "More"

const panel = one('.panel');
let more = null;
function askMore() {
  more ??= Promise.all([import('./more.js'), times]).then(([module]) => module.createMore(panel, { store, signal, t, lines, transcript: text, api, player: sound.player, page: page.dataset }));
  more.catch(() => {
    more = null;
    panel.hidePopover();
    store.set({ trouble: t('more.failed') });
  });
}
if (panel && sound && text) {
  panel.addEventListener('beforetoggle', askMore, { signal });
  document.addEventListener('help', () => panel.showPopover(), { signal });
}

// — timing by ear: its scripts come when somebody asks for them

const timeThis = one('.time-this');
let timing = null;

/** What was tapped on an earlier visit and did not arrive is sent first. */
async function createTiming() {
  const [module] = await Promise.all([import('./timing.js'), times]);
  const created = module.createTiming({ store, t, lines, transcript: text, player: sound.player, button: timeThis });
  created.run();
  return created;
}
function askTiming() {
  timing ??= createTiming();
  return timing.catch(() => {
    timing = null;
    store.set({ trouble: t('timing.failed') });
  });
}
if (timeThis && sound) {
  timeThis.addEventListener('click', () => {
    timeThis.setAttribute('aria-busy', 'true');
    askTiming().then((created) => created?.enter()).finally(() => timeThis.removeAttribute('aria-busy'));
  }, { signal });
  const { searchParams } = new URL(page.dataset.times, location.href);
  if (recall(`outbox:${page.dataset.episode}:${searchParams.get('lang') ?? ''}`)?.length) askTiming();
}
