// Who speaks, set into the text anew: names, colours, and turns parted where
// another speaks, joined where nobody else does, as the server would lay them
// out. Lines are moved, never made again: others hold them.

import { clock } from '../core/clock.js';

// Within what one says the server begins a new paragraph after this many
// characters, at a sentence's end, or where the voice rests for so long.
const LONG = 700;
const REST = 2500; // ms
const ENDS = /[.?!…。？！].{0,3}$/su;

/** Lines that move would take marks, selection and focus from what is in them. */
function keepPlaces(move) {
  const selection = getSelection();
  const ranges = Array.from(CSS.highlights?.values() ?? []).flatMap((marks) => Array.from(marks));
  if (selection.rangeCount) ranges.push(selection.getRangeAt(0));
  const places = ranges.map((range) => [range, range.startContainer, range.startOffset, range.endContainer, range.endOffset]);
  const focused = document.activeElement;
  move();
  for (const [range, start, from, end, to] of places) {
    range.setStart(start, from);
    range.setEnd(end, to);
  }
  if (focused !== document.activeElement) focused.focus({ preventScroll: true });
}

export function mount(el, { store, signal }) {
  const paragraphs = new WeakSet(el.querySelectorAll('.turn.on')); // begun by the server where somebody goes on
  const placeOf = (line) => Number(line.dataset.line);

  const linesOf = (turn) => Array.from(turn.querySelectorAll('[data-line]'));

  /** The time at a turn's head is that of its first line. */
  function writeTime(turn, line) {
    const timeline = store.get('timeline');
    const start = timeline?.start(line) ?? -1;
    if (start < 0) return;
    const time = document.createElement('time');
    time.textContent = `${timeline.plusMinus(line) ? '≈ ' : ''}${clock(start)}`;
    turn.prepend(time);
  }

  /** Parts a turn where the speaker changes; what comes behind goes into a turn of its own. */
  function split(turn, of) {
    const lines = linesOf(turn);
    const cut = lines.findIndex((line, i) => i > 0 && of[placeOf(line)] !== of[placeOf(lines[i - 1])]);
    if (cut < 0) return;
    const rest = turn.cloneNode(false);
    const paragraph = lines[0].parentElement.cloneNode(false);
    lines.slice(cut).forEach((line, i) => paragraph.append(...(i ? [' ', line] : [line])));
    rest.append(paragraph);
    writeTime(rest, placeOf(lines[cut]));
    turn.after(rest);
    split(rest, of);
  }

  function rests(line) {
    const timeline = store.get('timeline');
    return Boolean(timeline) && !timeline.plusMinus(line) && timeline.start(line) - timeline.end(line - 1) > REST;
  }

  /** With the sections that held nothing else: an empty one would still have a height. */
  function takeAway(turn) {
    let box = turn;
    do {
      const empty = box;
      box = box.parentElement;
      empty.remove();
    } while (box !== el && !box.firstElementChild);
  }

  /** Takes a turn into the one before where the same voice goes on and no paragraph begins. */
  function join(of) {
    let length = 0; // of the paragraph so far
    let last = null; // its last line
    let before = null;
    for (const turn of el.querySelectorAll('.turn')) {
      const lines = linesOf(turn);
      const line = placeOf(lines[0]);
      const apart = paragraphs.has(turn) || !before || turn.previousElementSibling?.matches('h2') || of[line] !== of[line - 1] || rests(line)
        || (length > LONG && ENDS.test(last.textContent));
      length = (apart ? 0 : length) + turn.textContent.length;
      last = lines.at(-1);
      if (apart) before = turn;
      else {
        before.querySelector('p').append(...lines.flatMap((each) => [' ', each]));
        takeAway(turn);
      }
    }
  }

  function writeName(turn, name) {
    let cite = turn.querySelector('cite');
    if (!name) return cite?.remove();
    if (!cite) turn.prepend(cite = document.createElement('cite'));
    if (cite.textContent !== name) cite.textContent = name;
  }

  function write({ names, hues, of }) {
    let before; // who speaks the turn before
    for (const turn of el.querySelectorAll('.turn')) {
      const voice = of[placeOf(turn.querySelector('[data-line]'))];
      const goesOn = voice === before && !turn.previousElementSibling?.matches('h2');
      turn.classList.toggle('on', goesOn);
      if (voice < 0) delete turn.dataset.hue;
      else turn.dataset.hue = hues[voice];
      writeName(turn, goesOn ? '' : names[voice]);
      before = voice;
    }
  }

  store.on('voices', (voices) => keepPlaces(() => {
    for (const turn of el.querySelectorAll('.turn')) split(turn, voices.of);
    join(voices.of);
    write(voices);
  }), signal);
}
