// The panel for tapping along: shows which line comes next and what became of
// the last tap, and turns keys, fingers and clicks into wishes.

import { clock } from '../core/clock.js';

const typing = 'input, textarea, select, [contenteditable]';
const acts = {
  t: 'tap', b: 'back', h: 'hear', s: 'pass', n: 'unspoken', m: 'gap', z: 'undo', ',': 'earlier', '.': 'later',
  arrowup: 'up', arrowdown: 'down', escape: 'leave',
};

/** 00:02:11.35: as fine as a nudge. */
const fine = (ms) => `${clock(ms)}.${String(Math.floor(ms / 10) % 100).padStart(2, '0')}`;

/** A line that a question begins with is known by its first words. */
const shortened = (sentence) => sentence.replace(/^(“.{20,50})\s.*(” — )/s, '$1 …$2');

export function mount(el, { store, signal, t, lines }) {
  const part = (selector) => el.querySelector(selector);
  const wish = (act, detail) => el.dispatchEvent(new CustomEvent('timing', { detail: { act, ...detail }, bubbles: true }));
  const now = part('.now');

  // — wishes

  /** On the way down, for the way up comes too late; never twice for one press. */
  let pressed = false;
  const tap = (event) => wish('tap', { at: event.timeStamp });
  now.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || !event.isPrimary) return;
    pressed = true;
    tap(event);
  }, { signal });
  now.addEventListener('click', (event) => {
    if (!pressed || event.detail === 0) tap(event); // made by a screen reader or by voice
    if (event.detail) pressed = false;
  }, { signal });
  now.addEventListener('pointercancel', () => (pressed = false), { signal });
  for (const kind of ['keydown', 'keyup']) {
    now.addEventListener(kind, (event) => {
      if (event.key !== ' ' && event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault(); // no click follows
      if (kind === 'keydown' && !event.repeat) tap(event);
    }, { signal });
  }

  el.addEventListener('click', ({ target, timeStamp }) => {
    const { act, answer } = target.closest('[data-act], [data-answer]')?.dataset ?? {};
    if (act) wish(act, { at: timeStamp });
    else if (answer) wish('answer', { answer: Number(answer) });
  }, { signal });

  part('.coming').addEventListener('click', () => el.dispatchEvent(new CustomEvent('follow', { bubbles: true })), { signal });

  const more = part('.more');
  more.addEventListener('click', () => more.setAttribute('aria-expanded', el.toggleAttribute('data-more')), { signal });

  const reaction = part('[name=reaction]');
  reaction.addEventListener('change', () => wish('reaction', { typed: reaction.value }), { signal });
  reaction.addEventListener('keydown', ({ key }) => key === 'Escape' && now.focus({ preventScroll: true }), { signal });

  document.addEventListener('keydown', (event) => {
    const key = event.key.length === 1 && !/[a-z,.]/i.test(event.key) ? event.code.replace('Key', '') : event.key; // other scripts
    const act = acts[key.toLowerCase()];
    if (!act || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.target.closest(typing)) return;
    if (event.shiftKey && act !== 'undo') return;
    event.preventDefault();
    if (!event.repeat) wish(event.shiftKey ? 'redo' : act, { at: event.timeStamp });
  }, { signal });

  // — what it shows

  function showLine(into, line) {
    const turn = lines[line]?.closest('.turn');
    const cite = into.querySelector('cite');
    into.querySelector('span').textContent = lines[line]?.textContent ?? '';
    if (cite) cite.textContent = line > 0 && store.get('speakerOf')(line) === store.get('speakerOf')(line - 1) ? '' : store.get('speakerOf')(line);
    if (cite) cite.dataset.hue = turn?.dataset.hue ?? 0;
    into.lang = lines[line]?.closest('[lang]').lang ?? '';
  }

  function showLast({ last, gap, next }) {
    const said = part('.said');
    const shown = gap === null ? last : -1;
    const { sure, start } = store.get('stands');
    showLine(said, shown);
    said.querySelector('time').textContent = shown >= 0 && sure(shown) ? fine(start(shown)) : '';
    const words = said.querySelector('span');
    if (gap !== null) words.textContent = t(next < 0 ? 'timing.gap.end' : 'timing.gap', clock(gap));
    else if (last < 0) words.textContent = t('timing.start');
  }

  function showAsking(asking) {
    part('.asking').hidden = !asking;
    if (!asking) return;
    part('.asking p').textContent = shortened(asking.sentence);
    part('.asking').querySelectorAll('button').forEach((button, n) => {
      button.hidden = !asking.answers[n];
      button.textContent = asking.answers[n] ?? '';
    });
  }

  function show(timing) {
    if (!timing) return;
    const { next, after, asking, message, undo, redo, ready, gap } = timing;
    showLast(timing);
    showLine(part('.coming'), next);
    if (next < 0) part('.coming span').textContent = ready ? t('timing.finished') : '';
    showLine(part('.after'), after);
    now.setAttribute('aria-disabled', !ready || next < 0);
    part('[data-act=unspoken]').setAttribute('aria-pressed', next >= 0 && store.get('stands').unspoken.has(next));
    part('[data-act=gap]').setAttribute('aria-pressed', gap !== null);
    part('[data-act=undo]').setAttribute('aria-disabled', !undo);
    part('[data-act=redo]').setAttribute('aria-disabled', !redo);
    showAsking(asking);
    const status = part('[role=status]');
    if (status.textContent !== message) status.textContent = message;
    reaction.value = timing.reaction;
  }

  const slower = part('[data-act=slower]');
  const showRate = (rate) => slower.setAttribute('aria-pressed', rate === 0.75);
  slower.hidden = !store.get('timing').canSlow;
  store.on('rate', showRate, signal);
  showRate(store.get('rate'));
  store.on('timing', show, signal);

  // The window's edge for scrolling is the panel's.
  const root = document.documentElement;
  const measure = () => root.style.setProperty('--panel', `${el.offsetHeight}px`);
  const size = new ResizeObserver(measure);
  root.dataset.timing = '';
  el.hidden = false;
  show(store.get('timing'));
  measure(); // now: somebody may ask for a line to be shown above it
  size.observe(el);
  now.focus({ preventScroll: true });
  signal.addEventListener('abort', () => {
    size.disconnect();
    el.hidden = true;
    delete root.dataset.timing;
    root.style.removeProperty('--panel');
  });
}
