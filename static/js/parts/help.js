// Which keys there are, and whether letters are among them.

import { anywhere, inText } from '../core/keys.js';

const signs = { ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓' };

/** An element with these attributes and children. */
function make(name, attributes, ...children) {
  const el = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) el.setAttribute(key, value);
  el.append(...children);
  return el;
}

export function mount(el, { store, signal, t }) {
  const wish = (name, detail = {}) => el.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  const named = { ' ': t('key.space'), Home: t('key.home'), End: t('key.end'), Enter: t('key.enter') };

  function row({ words, letter, keys }) {
    const shown = Object.keys(keys).flatMap((key) => [' ', make('kbd', {}, named[key] ?? signs[key] ?? key.toUpperCase())]);
    return make('tr', letter ? { class: 'letter' } : {}, make('th', { scope: 'row' }, ...shown.slice(1)), make('td', {}, t(words)));
  }
  const table = (caption, rows) => make('table', {}, make('caption', {}, t(caption)), make('tbody', {}, ...rows.map(row)));

  const letters = make('input', { type: 'checkbox', role: 'switch' });
  letters.addEventListener('change', () => wish('letters', { on: letters.checked }), { signal });
  const aloud = make('button', { type: 'button' }, t('help.announce'));
  aloud.addEventListener('click', () => wish('announce'), { signal });

  el.append(
    make('h2', { tabindex: '-1' }, t('help')),
    aloud,
    table('help.anywhere', anywhere),
    table('help.text', inText),
    make('label', {}, letters, ' ', t('help.letters')),
    make('p', {}, t('help.letters.why')),
  );

  function show(on) {
    letters.checked = on;
    el.toggleAttribute('data-no-letters', !on);
  }
  store.on('letters', show, signal);
  show(store.get('letters'));
}
