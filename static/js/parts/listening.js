// How it is heard and read: speed, size of the text, loop, the delay of the
// output, a screen that stays on.

import { sizes } from '../core/steps.js';

const STEP = 8; // px between two looks for the line at the top

function make(name, properties, ...inside) {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...inside);
  return node;
}

/** The line whose beginning is next to the top of the view, under the bar there; null if none is. */
function topLine(lines) {
  const top = parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0;
  for (let y = top; y < innerHeight; y += STEP) {
    const line = document.elementsFromPoint(innerWidth / 2, y).find((element) => element.matches('[data-line]'));
    if (line) return line.getBoundingClientRect().top < top - STEP ? lines[Number(line.dataset.line) + 1] ?? line : line;
  }
  return null;
}

/** Changes the look of the text so that the line at the top stays where it is. */
function inPlace(transcript, lines, change) {
  const line = topLine(lines);
  const before = line?.getBoundingClientRect().top;
  change();
  if (!line) return;
  function back() {
    transcript.dispatchEvent(new CustomEvent('held'));
    scrollBy({ top: line.getBoundingClientRect().top - before, behavior: 'instant' });
  }
  back();
  const later = new ResizeObserver(() => { // sections that have come into view have grown to their true size
    later.disconnect();
    back();
  });
  later.observe(transcript);
}

export function mount(el, { store, signal, t, lines, transcript, player }) {
  const wish = (name, detail) => el.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  const button = (text, label, name, detail) => {
    const node = make('button', { type: 'button', textContent: text, ariaLabel: label });
    node.addEventListener('click', () => wish(name, detail), { signal });
    return node;
  };
  const row = (label, ...inside) => {
    const node = make('div', { className: 'row', role: 'group', ariaLabel: label }, make('span', { textContent: label }), ...inside);
    el.append(node);
    return node;
  };
  const note = (text) => {
    const node = make('p', { className: 'note', textContent: text });
    el.append(node);
    return node;
  };
  el.append(make('h2', { textContent: t('listening') }));

  const speed = make('output');
  row(t('rate'), button('−', t('rate.slower'), 'faster', { by: -1, fine: true }), speed, button('+', t('rate.faster'), 'faster', { by: 1, fine: true })).hidden = !player.can.rate;
  const showSpeed = () => (speed.textContent = `${player.rate}×`);
  store.on('rate', showSpeed, signal);
  showSpeed();

  // — size of the text

  const root = document.documentElement.style;
  row(t('size'), ...sizes.map((size, n) => {
    const choice = make('input', { type: 'radio', name: 'size', checked: size === store.get('size'), ariaLabel: t('size.step', n + 1, sizes.length) });
    choice.addEventListener('change', () => wish('size', { size }), { signal });
    const letter = make('span', { textContent: 'A', ariaHidden: 'true' });
    letter.style.fontSize = `${size}em`;
    return make('label', {}, choice, letter);
  })).classList.add('sizes');
  store.on('size', (size) => inPlace(transcript, lines, () => root.setProperty('--size', size)), signal);

  // — the loop

  const loop = button('', null, 'loop', {});
  loop.className = 'wide';
  el.append(loop);
  function showLoop() {
    if (store.get('route').loop) loop.textContent = t('loop.stop');
    else loop.textContent = store.get('selected') ? t('loop.selection') : t('loop.line');
  }
  store.on('route', showLoop, signal);
  store.on('selected', showLoop, signal);
  showLoop();

  // — the delay of the output

  const delay = make('output');
  row(t('delay'), button(t('delay.less'), null, 'delay', { by: -1 }), delay, button(t('delay.more'), null, 'delay', { by: 1 }));
  note(t('delay.why'));
  const showDelay = () => (delay.textContent = t('delay.ms', store.get('delay')));
  store.on('delay', showDelay, signal);
  showDelay();
  if ('outputLatency' in (window.AudioContext?.prototype ?? {})) {
    const reported = note('');
    const showReported = () => { // it is told late, and nothing may move for it: its room is there
      reported.textContent = t('delay.reported', store.get('latency') ?? 0);
      reported.style.visibility = store.get('latency') ? '' : 'hidden';
    };
    store.on('latency', showReported, signal);
    showReported();
  }
  wish('output');

  // — a screen that stays on

  if (!window.isSecureContext) note(t('awake.insecure'));
  else if (!window.WakeLock) note(t('awake.missing'));
  else {
    const awake = make('input', { type: 'checkbox', role: 'switch' });
    awake.addEventListener('change', () => wish('awake', { yes: awake.checked }), { signal });
    el.append(make('label', { className: 'row' }, make('span', { textContent: t('awake') }), awake));
    const showAwake = () => (awake.checked = Boolean(store.get('awake')));
    store.on('awake', showAwake, signal);
    showAwake();
  }
}
