// Which keys there are, and whether letters are among them: folded away where
// there is likely no keyboard.

import { anywhere } from '../core/keys.js';
import { make } from '../core/make.js';

const signs = { ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓' };

/** The keys on a line of the text, as the rows tell of them. */
export const inText = [
  { name: 'lines', keys: { ArrowUp: null, ArrowDown: null } },
  { name: 'ends', keys: { Home: null, End: null } },
  { name: 'line', keys: { Enter: null } },
];

export function mount(el, { store, signal, t }) {
  const wish = (name, detail = {}) => el.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  const named = { ' ': t('key.space'), Home: t('key.home'), End: t('key.end'), Enter: t('key.enter') };

  function row({ name, letter, keys }) {
    const shown = Object.keys(keys).flatMap((key) => [' ', make('kbd', {}, named[key] ?? signs[key] ?? key.toUpperCase())]);
    return make('tr', letter ? { class: 'letter' } : {}, make('th', { scope: 'row' }, ...shown.slice(1)), make('td', {}, t(`key.${name}`)));
  }
  const table = (caption, rows) => make('table', {}, make('caption', {}, t(caption)), make('tbody', {}, ...rows.map(row)));

  const letters = make('input', { type: 'checkbox', role: 'switch' });
  letters.addEventListener('change', () => wish('letters', { on: letters.checked }), { signal });
  const aloud = make('button', { type: 'button' }, t('help.announce'));
  aloud.addEventListener('click', () => wish('announce'), { signal });

  el.append(aloud, make('details', { open: !matchMedia('(pointer: coarse)').matches },
    make('summary', {}, make('h2', {}, t('help'))),
    table('help.anywhere', anywhere),
    table('help.text', inText),
    make('label', { class: 'row' }, make('span', {}, t('help.letters')), letters),
    make('p', {}, t('help.letters.why')),
  ));

  function show(on) {
    letters.checked = on;
    el.toggleAttribute('data-no-letters', !on);
  }
  store.on('letters', show, signal);
  show(store.get('letters'));
}
