// What few readers need: loaded by whoever asks for it first.

import { recall } from '../io/memory.js';

const one = (selector) => document.querySelector(selector);

/** @param shared what the parts are given; times come, allWords fetches what only they say */
export function whenAsked(shared) {
  const { store, signal, t, transcript, player, page } = shared;
  if (transcript) {
    document.addEventListener('announce', () => import('../parts/aloud.js').then(({ say }) => say(one('.aloud'), shared)), { signal });
    whenSelected(() => import('./quoting.js').then(({ createQuoting }) => createQuoting(one('.quote'), shared)), signal);
    openFind(one('.find'), shared);
    whenGuessed(() => import('../parts/hint.js').then((hint) => hint.mount(one('.hint'), shared)), shared);
  }
  if (one('.found')) openFound(one('.found'), shared);
  if (transcript && player) {
    openMore(one('.panel'));
    if (one('.time-this')) openTiming(one('.time-this'));
  }

  /** A script, with the words that only it says. It is fetched once, unless that fails. */
  function later(fetchScript, create, failed) {
    let made = null;
    return () => {
      made ??= Promise.all([fetchScript(), shared.allWords(), shared.times]).then(([module]) => create(module));
      return made.catch(() => {
        made = null;
        store.set({ trouble: t(failed) });
      });
    };
  }

  function openMore(panel) {
    const more = later(() => import('./more.js'), (module) => module.createMore(panel, shared), 'more.failed');
    const open = () => more().then((made) => made ?? panel.hidePopover());
    panel.addEventListener('beforetoggle', open, { signal });
    if (panel.matches(':popover-open')) open(); // before this script had come
    document.addEventListener('help', () => {
      if (!panel.matches(':popover-open')) panel.showPopover();
      more().then((made) => made?.help());
    }, { signal });
  }

  /** What was tapped on an earlier visit and did not arrive is sent first. */
  function openTiming(button) {
    const timing = later(() => import('./timing.js'), (module) => {
      const created = module.createTiming({ ...shared, button });
      created.run();
      return created;
    }, 'timing.failed');
    button.addEventListener('click', () => {
      button.setAttribute('aria-busy', 'true');
      timing().then((created) => created?.enter()).finally(() => button.removeAttribute('aria-busy'));
    }, { signal });
    const lang = new URL(page.times, location.href).searchParams.get('lang') ?? '';
    if (recall(`outbox:${page.episode}:${lang}`)?.length) timing();
  }
}

/** The field takes what is typed at once; it is found when the script has come. */
function openFind(el, shared) {
  let found = null;
  const ask = ({ relatedTarget }) => (found ??= import('../parts/find.js').then((find) => find.mount(el, shared, relatedTarget)).catch(() => (found = null)));
  el.addEventListener('focusin', ask, { signal: shared.signal });
  document.addEventListener('find', () => found ?? el.querySelector('input').focus(), { signal: shared.signal });
  if (el.contains(document.activeElement)) ask({});
}

/** The first answer loads what takes it, and is given again to that. */
function openFound(el, shared) {
  el.addEventListener('click', ({ target }) => import('./confirming.js').then(({ createConfirming }) => {
    createConfirming(el, shared);
    target.click();
  }, () => openFound(el, shared)), { signal: shared.signal, once: true });
}

function whenSelected(then, signal) {
  const selected = () => {
    if (getSelection().isCollapsed) return;
    document.removeEventListener('selectionchange', selected);
    then().catch(() => document.addEventListener('selectionchange', selected, { signal }));
  };
  document.addEventListener('selectionchange', selected, { signal });
}

function whenGuessed(then, { store, signal }) {
  let asked = false;
  store.on('timeline', ({ guessed }) => {
    if (guessed && !asked) then();
    asked ||= guessed;
  }, signal);
}
