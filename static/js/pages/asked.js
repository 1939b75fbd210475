// What few readers need: loaded by whoever asks for it first.

import { recall } from '../io/memory.js';

const one = (selector) => document.querySelector(selector);

/** @param shared what the parts are given; times come, later makes what few need */
export function whenAsked(shared) {
  const { store, signal, t, transcript, player, page, times, later } = shared;
  if (transcript) {
    const aloud = later(() => import('../parts/aloud.js'), (module) => module.say);
    document.addEventListener('announce', () => aloud().then((say) => say?.(one('.aloud'), shared)), { signal });
    const quoting = later(() => import('./quoting.js'), (module) => module.createQuoting(one('.quote'), shared));
    document.addEventListener('selectionchange', () => getSelection().isCollapsed || quoting(), { signal });
    const hint = later(() => import('../parts/hint.js'), (module) => module.mount(one('.hint'), shared));
    store.on('timeline', ({ guessed }) => guessed && hint(), signal);
    openFind(one('.find'));
  }
  if (one('.found')) openFound(one('.found'));
  if (transcript && player) {
    openMore(one('.panel'));
    if (one('.time-this')) openTiming(one('.time-this'));
  }

  /** The field takes what is typed at once, and is left at once; what is typed is found when the script has come. */
  function openFind(el) {
    const field = el.querySelector('input');
    const find = later(() => import('../parts/find.js'), (module) => module.mount(el, shared), 'more.failed');
    let back = null; // what had the focus before it came here, if anything; it goes back there
    el.addEventListener('focusin', ({ relatedTarget }) => {
      if (!el.contains(relatedTarget)) back = relatedTarget ?? back;
      find();
    }, { signal });
    field.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      if (field.value) {
        field.value = '';
        field.dispatchEvent(new Event('input'));
      } else if (!back) field.blur();
      back?.focus({ preventScroll: true });
      back = null;
    }, { signal });
    document.addEventListener('find', () => {
      field.focus();
      field.select();
    }, { signal });
    if (el.contains(document.activeElement)) find();
  }

  /** The first answer loads what takes it, and is given again to that. */
  function openFound(el) {
    const confirming = later(() => import('./confirming.js'), (module) => {
      module.createConfirming(el, shared);
      return true;
    });
    el.addEventListener('click', async ({ target }) => {
      if (await confirming()) return target.click();
      el.querySelector('.outcome').textContent = t('more.failed');
      openFound(el);
    }, { signal, once: true });
  }

  function openMore(panel) {
    const more = later(() => import('./more.js'), async (module) => {
      await times;
      return module.createMore(panel, shared);
    }, 'more.failed');
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
    const timing = later(() => import('./timing.js'), async (module) => {
      await times;
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
