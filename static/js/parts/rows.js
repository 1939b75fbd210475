// The text while its lines are timed: each on a row of its own, its time beside
// it. Written into attributes, so that the text stays the text.

import { clock } from '../core/clock.js';

/** What stands beside a line, and its kind: exact, guess, unspoken, none. */
function label(t, stands, line) {
  const start = stands.start(line);
  if (stands.unspoken.has(line)) return { kind: 'unspoken', words: t('timing.unspoken') };
  if (!(start >= 0)) return { kind: 'none', words: '–' };
  const guess = stands.plusMinus(line);
  if (!guess) return { kind: 'exact', words: clock(start) };
  const words = guess < 90_000 ? t('timing.seconds', clock(start), Math.ceil(guess / 1000)) : t('timing.minutes', clock(start), Math.ceil(guess / 60_000));
  return { kind: 'guess', words };
}

/** The time at the head of a turn is that of its first line. */
function writeHead(line, { kind, start }) {
  const paragraph = line.parentElement;
  if (line !== paragraph.firstElementChild) return;
  let time = paragraph.parentElement.querySelector(':scope > time');
  const words = kind === 'exact' || kind === 'guess' ? `${kind === 'guess' ? '≈ ' : ''}${clock(start)}` : '';
  if (time?.textContent === words) return;
  if (!words) return time?.remove();
  if (!time) {
    time = document.createElement('time');
    paragraph.before(time);
  }
  time.textContent = words;
}

function writeHeads({ store, t, lines }) {
  const stands = store.get('stands');
  lines.forEach((line, index) => writeHead(line, { kind: label(t, stands, index).kind, start: stands.start(index) }));
}

/** Without rows too the heads say what stands: changes may still be on their way. */
export function mountHeads(shared) {
  shared.store.on('stands', () => shared.store.get('timing') || writeHeads(shared), shared.signal);
}

/** Listens to `stands`, what is known of each line, and to `timing`. */
export function mount(el, { store, signal, t, lines }) {
  const sections = Array.from(el.querySelectorAll('section'));
  const near = new Set(); // sections about to be seen: only those are kept up to date
  const written = [];

  function write(line) {
    const stands = store.get('stands');
    const { kind, words } = label(t, stands, line);
    const mark = stands.set.has(line) && kind === 'exact';
    const all = `${kind} ${words} ${mark}`;
    if (written[line] === all) return;
    written[line] = all;
    const { dataset } = lines[line];
    dataset.time = words;
    dataset.kind = kind;
    if (mark) dataset.set = '';
    else delete dataset.set;
    writeHead(lines[line], { kind, start: stands.start(line) });
  }
  function writeSection(section) {
    for (const line of section.querySelectorAll('[data-line]')) write(Number(line.dataset.line));
  }

  /** What stands in the middle of the window stays there while the text is set anew. */
  function holdMiddle(change) {
    const box = el.getBoundingClientRect();
    const probes = [0.5, 0.45, 0.55, 0.4, 0.6];
    const at = probes.map((share) => document.elementFromPoint(box.left + box.width / 2, innerHeight * share)?.closest('[data-line]')).find(Boolean);
    const before = at?.getBoundingClientRect().top;
    change();
    for (let tries = 0; at && tries < 3; tries++) scrollBy({ top: at.getBoundingClientRect().top - before, behavior: 'instant' });
  }

  const eye = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) near.add(target);
      else near.delete(target);
      if (isIntersecting) writeSection(target);
    }
  }, { rootMargin: '100% 0%' });

  let next = null;
  function point(timing) {
    const line = lines[timing?.next];
    if (line === next) return;
    next?.removeAttribute('data-next');
    next = line ?? null;
    next?.setAttribute('data-next', '');
  }

  store.on('stands', () => near.forEach(writeSection), signal);
  store.on('timing', point, signal);
  holdMiddle(() => {
    el.dataset.rows = '';
    for (const section of sections) eye.observe(section);
    point(store.get('timing'));
    sections.filter((section) => section.getBoundingClientRect().top < 2 * innerHeight && section.getBoundingClientRect().bottom > -innerHeight).forEach(writeSection);
  });
  signal.addEventListener('abort', () => holdMiddle(() => {
    eye.disconnect();
    point(null);
    delete el.dataset.rows;
    writeHeads({ store, t, lines });
    for (const { dataset } of lines) for (const name of ['time', 'kind', 'set']) delete dataset[name];
  }));
}
