// Who says one line: the line that is selected, or where the reader is.

import { clock } from '../core/clock.js';
import { make } from '../core/make.js';

const NEW = '\n'; // the choice of a new name; no name has a line's end in it

export function mount(el, { store, signal, t, lines, transcript }) {
  const quoted = make('q', { dir: 'auto' });
  const time = make('time', {});
  const choice = make('select', { 'aria-label': t('speakers.line') });
  const typed = make('input', { maxlength: 200, autocomplete: 'off', placeholder: t('speakers.new.name'), 'aria-label': t('speakers.new.name'), hidden: true });
  const status = make('p', { role: 'status' });
  const taking = make('button', { type: 'button', class: 'undo', hidden: true }, t('speakers.undo'));
  const form = make('form', { class: 'byline' }, make('p', {}, t('speakers.line'), ' ', time, quoted), choice, typed, make('button', {}, t('speakers.save')), make('div', { class: 'told' }, status, taking));
  let line = -1;
  let touched = false; // somebody has chosen, and not saved yet

  /** Chosen when the panel opens, unless something was typed for another. */
  function pick() {
    if (typed.value) return;
    const { anchorNode, isCollapsed } = getSelection();
    const element = anchorNode?.nodeType === Node.TEXT_NODE ? anchorNode.parentElement : anchorNode;
    const selected = !isCollapsed && transcript.contains(element) && element.closest('[data-line]');
    mark(false);
    line = Number((selected || transcript.querySelector('[data-line][tabindex="0"]')).dataset.line);
    say('');
    touched = false;
    offer();
  }
  function say(sentence, undoable = false) {
    status.textContent = sentence;
    taking.hidden = !undoable;
  }
  /** Which line is meant is shown in the text while somebody chooses: the voice may be elsewhere by then. */
  function mark(shown) {
    lines[line]?.toggleAttribute('data-meant', shown);
  }
  function tellTime() {
    const timeline = store.get('timeline');
    const start = timeline?.start(line) ?? -1;
    time.textContent = start < 0 ? '' : `${timeline.plusMinus(line) ? '≈ ' : ''}${clock(start)}`;
  }
  function ask() {
    typed.hidden = choice.value !== NEW;
    form.toggleAttribute('data-new', !typed.hidden);
  }
  function offer() {
    const { names, of } = store.get('voices');
    const spoken = names.filter((_, voice) => of.includes(voice));
    const chosen = touched ? choice.value : names[of[line]] ?? '';
    form.hidden = !spoken.length;
    quoted.textContent = lines[line].textContent;
    choice.replaceChildren(...spoken.map((name) => new Option(name, name)), new Option(t('speakers.new'), NEW), new Option(t('speakers.nobody'), ''));
    choice.value = chosen;
    tellTime();
    ask();
  }

  choice.addEventListener('change', () => {
    touched = true;
    ask();
    say('');
  }, { signal });
  form.addEventListener('focusin', () => mark(true), { signal });
  form.addEventListener('focusout', ({ relatedTarget }) => mark(form.contains(relatedTarget)), { signal });
  taking.addEventListener('click', () => form.dispatchEvent(new CustomEvent('undo-name', { detail: { line }, bubbles: true })), { signal });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const name = choice.value === NEW ? typed.value.trim() : choice.value;
    if (choice.value === NEW && !name) say(t('speakers.nameless'));
    else form.dispatchEvent(new CustomEvent('name-line', { detail: { line, typed: name }, bubbles: true }));
  }, { signal });

  store.on('naming', ({ line: named, busy, error, done, undo }) => {
    if (named === undefined) return say(''); // of a speaker
    form.setAttribute('aria-busy', Boolean(busy));
    say(error ?? (done ? t(undo ? 'speakers.undone' : 'speakers.saved') : ''), done && !undo);
    if (!done || undo) return;
    typed.value = '';
    touched = false;
    offer();
  }, signal);
  store.on('voices', offer, signal);

  el.append(form);
  el.closest('[popover]').addEventListener('toggle', ({ newState }) => newState === 'open' && pick(), { signal });
  pick();
}
