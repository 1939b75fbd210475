// Who speaks, a row each: hear only one, pass one over, give one another name.

import { make } from '../core/make.js';
import { shares, sureShare } from '../core/voices.js';

const LANES = 6; // as in the picture of the episode

/** Minutes and hours as they are read; nothing if nothing is sure. */
function lasting(t, { ms, all }) {
  if (!ms) return '';
  const minutes = Math.round(ms / 60_000);
  const seconds = t('length.seconds', Math.round(ms / 1000));
  const hours = t('length.hours', Math.floor(minutes / 60), String(minutes % 60).padStart(2, '0'));
  const words = ms < 60_000 ? seconds : minutes < 60 ? t('length.minutes', minutes) : hours;
  return all ? words : t('speakers.least', words);
}

/** @param page what the server says of it: `signed`, where speakers may be renamed */
export function mount(el, { store, signal, t, page }) {
  if (!store.get('voices')) return; // nobody knows who speaks
  const list = make('ul', {});
  const everyone = make('button', { type: 'button', class: 'everyone' }, t('speakers.everyone'));
  const wish = (name, detail) => el.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  const outcome = make('p', { role: 'status', class: 'outcome' });
  const taking = make('button', { type: 'button', class: 'undo', hidden: true }, t('speakers.undo'));
  const partly = make('p', { class: 'partly', hidden: true }, t('speakers.sure'));
  let renaming = -1; // the speaker whose name is being typed

  const voices = () => Array.from(new Set(store.get('voices').of)).filter((voice) => voice >= 0).sort((a, b) => a - b);
  const others = (voice) => voices().filter((other) => other !== voice);
  const nameOf = (voice) => store.get('voices').names[voice];

  // — painting

  function swatch(voice) {
    const mark = make('i', { 'aria-hidden': 'true' });
    const count = Math.min(LANES, store.get('voices').names.length);
    mark.style.setProperty('--lane', voice % count);
    mark.style.setProperty('--lanes', count);
    return mark;
  }
  function button(act, voice) {
    return make('button', { type: 'button', 'data-act': act, 'aria-label': t(`speakers.${act}.of`, nameOf(voice)) }, t(`speakers.${act}`));
  }
  function tools(voice, passable) {
    const acts = [...(passable ? ['only', 'skip'] : []), ...('signed' in page ? ['rename'] : [])];
    return make('div', {}, ...acts.map((act) => button(act, voice)));
  }
  function nameForm(voice, typed) {
    return make('form', {},
      make('input', { name: 'name', value: typed ?? nameOf(voice), maxlength: 200, autocomplete: 'off', 'aria-label': t('speakers.rename.of', nameOf(voice)) }),
      make('button', {}, t('speakers.save')),
      make('button', { type: 'button', 'data-act': 'cancel' }, t('speakers.cancel')),
      make('p', { role: 'status' }));
  }
  function row(voice, share, passable, typed) {
    return make('li', { 'data-voice': voice, 'data-hue': store.get('voices').hues[voice] },
      swatch(voice), make('b', {}, nameOf(voice)), make('small', {}, share ? lasting(t, share) : ''),
      renaming === voice ? nameForm(voice, typed) : tools(voice, passable));
  }

  /** The rows anew; who stood on a button stands there again. */
  function build() {
    const all = voices();
    const timeline = store.get('timeline');
    const sure = timeline ? sureShare(timeline) : 0;
    const found = sure < 0.5 ? [] : shares(timeline, store.get('voices'));
    const passable = all.length > 1 && found.some(({ ms }) => ms);
    const typed = list.querySelector('input')?.value;
    partly.hidden = !passable || sure === 1;
    const active = list.contains(document.activeElement) && document.activeElement;
    const voice = active && active.closest('li').dataset.voice;
    list.replaceChildren(...all.map((each) => row(each, found[each], passable, typed)));
    press();
    if (active) focus(`[data-voice="${voice}"] ${active.matches('input, form > button') ? 'input' : `[data-act="${active.dataset.act}"]`}`);
  }
  function focus(selector) {
    (list.querySelector(selector) ?? list.querySelector('button'))?.focus();
  }
  /** What is pressed; who is left when everyone else is passed over is the only one. */
  function press() {
    const passed = store.get('passed');
    everyone.hidden = !passed.size;
    for (const item of list.children) {
      const voice = Number(item.dataset.voice);
      const only = passed.size > 0 && !passed.has(voice) && others(voice).every((other) => passed.has(other));
      item.querySelector('[data-act=only]')?.setAttribute('aria-pressed', only);
      item.querySelector('[data-act=skip]')?.setAttribute('aria-pressed', passed.has(voice));
    }
  }
  /** What became of a name, once there is no field any more; what was saved can be taken back. */
  function told(sentence, undoable = false) {
    outcome.textContent = sentence;
    taking.hidden = !undoable;
  }
  function say(sentence) {
    const status = list.querySelector('[role=status]') ?? outcome;
    if (status) status.textContent = sentence;
  }

  // — wishes

  const acts = {
    only: (voice, pressed) => wish('pass-over', { voices: pressed ? [] : others(voice) }),
    skip(voice, pressed) {
      const passed = new Set(store.get('passed'));
      if (pressed) passed.delete(voice);
      else passed.add(voice);
      wish('pass-over', { voices: passed.size < voices().length ? Array.from(passed) : [voice] }); // somebody is to be heard
    },
    rename(voice) {
      renaming = voice;
      told('');
      list.querySelector('form')?.remove(); // another's
      build();
      list.querySelector('input').select();
    },
    cancel() {
      const voice = renaming;
      renaming = -1;
      build();
      focus(`[data-voice="${voice}"] [data-act=rename]`);
    },
  };
  list.addEventListener('click', ({ target }) => {
    const { act } = target.closest('[data-act]')?.dataset ?? {};
    if (act) acts[act](Number(target.closest('li').dataset.voice), target.closest('[aria-pressed=true]') !== null);
  }, { signal });
  list.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || renaming < 0) return;
    event.preventDefault(); // the panel stays
    acts.cancel();
  }, { signal });
  list.addEventListener('input', ({ target }) => {
    const name = target.value.trim();
    say(others(renaming).some((voice) => nameOf(voice) === name) ? t('speakers.merge', name) : '');
  }, { signal });
  list.addEventListener('submit', (event) => {
    event.preventDefault();
    wish('name-speaker', { voice: renaming, typed: event.target.elements.name.value });
  }, { signal });
  everyone.addEventListener('click', () => wish('pass-over', { voices: [] }), { signal });

  taking.addEventListener('click', () => wish('undo-name', { voice: -1 }), { signal });

  store.on('naming', ({ voice, busy, error, done, same, undo }) => {
    if (voice === undefined) return told(''); // of a line
    list.setAttribute('aria-busy', Boolean(busy));
    if (!done) return undo ? told(error ?? '') : say(error ?? '');
    if (!undo) acts.cancel();
    if (!same) told(t(undo ? 'speakers.undone' : 'speakers.saved'), !undo);
  }, signal);
  store.on('voices', build, signal);
  store.on('timeline', () => renaming < 0 && build(), signal);
  store.on('passed', press, signal);

  el.prepend(make('h2', {}, t('speakers')), list, make('div', { class: 'told' }, outcome, taking), partly, everyone);
  build();
}
