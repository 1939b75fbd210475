// Who says one line: the line that is selected, or where the reader is.

import { make } from '../core/make.js';

const NEW = '\n'; // the choice of a new name; no name has a line's end in it

export function mount(el, { store, signal, t, lines, transcript }) {
  const quoted = make('q', { dir: 'auto' });
  const choice = make('select', { 'aria-label': t('speakers.line') });
  const typed = make('input', { maxlength: 200, autocomplete: 'off', placeholder: t('speakers.new.name'), 'aria-label': t('speakers.new.name'), hidden: true });
  const status = make('p', { role: 'status' });
  const form = make('form', { class: 'byline' }, make('p', {}, t('speakers.line'), ' ', quoted), choice, typed, make('button', {}, t('speakers.save')), status);
  let line = -1;

  /** Chosen when the panel opens, unless something was typed for another. */
  function pick() {
    if (typed.value) return;
    const { anchorNode, isCollapsed } = getSelection();
    const element = anchorNode?.nodeType === Node.TEXT_NODE ? anchorNode.parentElement : anchorNode;
    const selected = !isCollapsed && transcript.contains(element) && element.closest('[data-line]');
    line = Number((selected || transcript.querySelector('[data-line][tabindex="0"]')).dataset.line);
    status.textContent = '';
    offer();
  }
  function offer() {
    const { names, of } = store.get('voices');
    const spoken = names.filter((_, voice) => of.includes(voice));
    const voice = of[line];
    form.hidden = !spoken.length;
    quoted.textContent = lines[line].textContent;
    choice.replaceChildren(...spoken.map((name) => new Option(name, name)), new Option(t('speakers.new'), NEW), new Option(t('speakers.nobody'), ''));
    choice.value = names[voice] ?? '';
    typed.hidden = true;
  }

  choice.addEventListener('change', () => {
    typed.hidden = choice.value !== NEW;
    status.textContent = '';
  }, { signal });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const name = choice.value === NEW ? typed.value.trim() : choice.value;
    if (choice.value === NEW && !name) status.textContent = t('speakers.nameless');
    else form.dispatchEvent(new CustomEvent('name-line', { detail: { line, typed: name }, bubbles: true }));
  }, { signal });

  store.on('naming', ({ line: named, busy, error, done }) => {
    if (named === undefined) return; // of a speaker
    form.setAttribute('aria-busy', Boolean(busy));
    status.textContent = error ?? (done ? t('speakers.saved') : '');
    if (done) typed.value = '';
  }, signal);
  store.on('voices', () => typed.value || offer(), signal);

  el.append(form);
  el.closest('[popover]').addEventListener('toggle', ({ newState }) => newState === 'open' && pick(), { signal });
  pick();
}
