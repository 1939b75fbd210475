// Keeps the voice in view, lets go the moment the reader scrolls, and comes
// back when asked, or when the reader does. Only the window scrolls, never a
// frame around it.

import { setRange, wordOffsets, wordSpan } from '../core/place.js';
import { cameBack, comfortable, isTall, restsAt, reveal } from '../core/sight.js';

const CLOSE = 4; // px; closer than this is in place
const TRIES = 4;
const GLIDE = 100; // ms; no glide is over sooner
const STILL = 150; // ms without a scroll: its end, where the browser does not tell
const scrollKeys = new Set(['PageUp', 'PageDown', 'Home', 'End', 'ArrowUp', 'ArrowDown']);
const calm = matchMedia('(prefers-reduced-motion: reduce)');
const root = document.documentElement;

export function mount(el, { store, signal, lines }) {
  let moving = false; // we scroll; ends with the scroll
  let began = -Infinity; // when our last glide did
  let expected = null; // where the voice stood in the window when we last looked, unless we scroll
  let aim = null; // the line of a jump, until it stands: sections grow to their true size as they come near
  let tries = 0;

  let voice = null; // the line where the voice is, or was last: it pauses between lines
  let tall = false; // whether that line is

  function view() {
    const style = getComputedStyle(root);
    const top = parseFloat(style.scrollPaddingTop) || 0;
    return { top, height: innerHeight - top - (parseFloat(style.scrollPaddingBottom) || 0) };
  }

  /** Where the voice is in the window: its line, or in a tall one its word, if that is known. */
  function boxOfVoice() {
    const { line, word } = store.get('spoken');
    if (!tall || word < 0 || lines[line] !== voice) return voice.getBoundingClientRect();
    const text = voice.textContent;
    return setRange(new Range(), voice, ...wordSpan(text, wordOffsets(text, store.get('timeline').offsets(line)), word)).getBoundingClientRect();
  }

  /** Scrolls the window; false if it cannot, or need not. */
  function scroll(distance, behavior) {
    const room = distance > 0 ? root.scrollHeight - innerHeight - scrollY : scrollY;
    if (Math.abs(distance) <= CLOSE || room < 1) return false;
    moving = true;
    began = behavior === 'smooth' ? performance.now() : -Infinity;
    expected = null;
    scrollBy({ top: distance, behavior });
    return true;
  }
  function jump(line) {
    aim = line;
    tries = TRIES;
    settle();
  }
  function settle() {
    const { top } = aim === voice ? boxOfVoice() : aim.getBoundingClientRect();
    if (!scroll(top - restsAt(view()), 'instant') || --tries === 0) aim = null;
  }

  /** Moves only if the voice has left the comfortable part of the window. */
  function keepInView() {
    const page = view();
    const box = boxOfVoice();
    if (!comfortable(page, box)) {
      const far = Math.abs(box.top - page.top) > 1.5 * page.height;
      if (far || calm.matches) jump(voice);
      else scroll(box.top - restsAt(page), 'smooth');
    } else if (!moving) expect();
  }

  // — following, letting go

  /** @param byScroll whether the scroll that lets go is still to come */
  function letGo(byScroll) {
    aim = null;
    if (!store.get('following')) return;
    store.set({ following: false });
    leaving = byScroll;
    heading = 0;
    if (moving) {
      scrollTo({ top: scrollY, behavior: 'instant' }); // stop where we are
      moving = false;
      rested = scrollY;
    }
    point();
  }

  /** Which way the voice is, for the button that brings back to it. */
  function point() {
    if (!voice || store.get('following')) return;
    const page = view();
    const { top, bottom } = boxOfVoice();
    if (!store.get('playing') && top >= page.top && bottom <= page.top + page.height) store.set({ voice: '' }); // it is here
    else store.set({ voice: top < restsAt(page) ? 'up' : 'down' });
  }

  let timed = false; // lines are being timed: the one to come is what to keep in view

  function move() {
    const timing = store.get('timing');
    const { line, maybe, about } = store.get('spoken');
    const place = lines[timing?.next] ?? lines[line] ?? lines[maybe[0]] ?? lines[about] ?? voice;
    const reset = timed !== Boolean(timing); // every line gets another place: none is to be moved
    timed = Boolean(timing);
    if (reset) expected = null;
    if (place === voice && !(tall && store.get('playing'))) return;
    const opened = !voice && !store.get('playing') && !store.get('second'); // it stays at its head
    if (place !== voice) tall = isTall(view(), place.getBoundingClientRect());
    voice = place;
    if (!store.get('following')) point();
    else if (!opened && !reset) keepInView();
  }
  store.on('spoken', move, signal);
  store.on('timing', move, signal);

  const catchUp = () => store.get('following') && voice && keepInView();
  store.on('following', catchUp, signal);
  addEventListener('follow', catchUp, { signal });
  store.on('playing', catchUp, signal);

  store.on('shown', (place) => place && jump(lines[place.line]), signal);

  // — telling the reader's scrolling from our own

  addEventListener('wheel', (event) => event.ctrlKey || !event.deltaY || letGo(true), { signal, passive: true });
  el.addEventListener('touchmove', ({ touches }) => touches.length > 1 || letGo(true), { signal, passive: true }); // two fingers magnify
  addEventListener('keydown', (event) => {
    const typing = event.target.closest?.('input, textarea, select');
    if (!typing && !event.defaultPrevented && scrollKeys.has(event.key)) letGo(true);
  }, { signal });

  let pressed = false; // a click moves the focus too, but says by itself what it wants
  for (const name of ['pointerdown', 'pointerup', 'pointercancel']) {
    addEventListener(name, () => (pressed = name === 'pointerdown'), { signal, capture: true });
  }
  el.addEventListener('focusin', () => pressed || letGo(false), { signal }); // a screen reader's cursor goes this way
  document.addEventListener('selectionchange', () => {
    const selection = getSelection();
    if (!selection.isCollapsed && el.contains(selection.anchorNode)) letGo(false);
  }, { signal });
  addEventListener('wander', ({ detail: { line } }) => {
    letGo(false);
    scroll(reveal(view(), lines[line].getBoundingClientRect()), 'instant');
  }, { signal });
  el.addEventListener('held', () => (expected = null), { signal }); // the text is scrolled to where it was

  // What is left is the scroll bar, or the browser's own search: our line has
  // moved in the window, further than the page has grown, though we did not
  // move it.
  function expect() {
    expected = { top: voice.getBoundingClientRect().top, tall: root.scrollHeight };
  }
  function displaced() {
    if (!voice || !expected) return false;
    const grown = Math.abs(root.scrollHeight - expected.tall);
    const strayed = Math.abs(voice.getBoundingClientRect().top - expected.top);
    if (strayed > grown + CLOSE) return true;
    if (grown) expect();
    return false;
  }
  addEventListener('resize', () => {
    if (store.get('playing')) catchUp();
    expected = null; // the browser itself holds the text in place, after this
  }, { signal });

  // — coming back

  let leaving = false; // the reader's next scroll, or the one under way, is the one that let go
  let heading = 0; // the way the reader went last
  let rested = scrollY; // where the page stood before the scroll under way

  function scrolled() {
    if (performance.now() - began < GLIDE && moving) return; // the end of a glide that another has taken the place of
    const moved = moving ? 0 : scrollY - rested;
    moving = false;
    rested = scrollY;
    if (moved && voice && !store.get('following')) {
      const back = !leaving && cameBack(view(), boxOfVoice(), moved, heading);
      leaving = false;
      heading = Math.sign(moved);
      if (back) store.set({ following: true });
    }
    if (voice && store.get('following')) expect();
  }
  addEventListener('scrollend', scrolled, { signal });

  let pause = 0;
  addEventListener('scroll', () => {
    if (!('onscrollend' in window)) {
      clearTimeout(pause);
      pause = setTimeout(scrolled, STILL);
    }
    if (aim) settle();
    else if (!store.get('following')) point();
    else if (displaced()) letGo(true);
  }, { signal, passive: true });
}
