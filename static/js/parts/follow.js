// Keeps the voice in view, lets go the moment the reader scrolls, and comes
// back when asked. Only the window scrolls, never a frame around it.

const LEAVES = 0.7; // the voice may go this far down the page before the page moves
const RESTS = 0.28; // and then rests here
const CLOSE = 4; // px; closer than this is in place
const TRIES = 4;
const GLIDE = 100; // ms; no glide is over sooner
const scrollKeys = new Set(['PageUp', 'PageDown', 'Home', 'End', 'ArrowUp', 'ArrowDown']);
const calm = matchMedia('(prefers-reduced-motion: reduce)');

export function mount(el, { store, signal }) {
  const lines = el.querySelectorAll('[data-line]');
  let moving = false; // we scroll; ends with scrollend
  let began = -Infinity; // when our last glide did
  let expected = null; // where the voice stood in the window when we last looked, unless we scroll
  let aim = null; // the line of a jump, until it stands: sections grow to their true size as they come near
  let tries = 0;

  let voice = null; // the line where the voice is, or was last: it pauses between lines

  function view() {
    const style = getComputedStyle(document.documentElement);
    const top = parseFloat(style.scrollPaddingTop) || 0;
    return { top, height: innerHeight - top - (parseFloat(style.scrollPaddingBottom) || 0) };
  }

  /** Scrolls until a line rests in its place; false if it does already, or cannot. */
  function bring(line, behavior) {
    const { top, height } = view();
    const distance = line.getBoundingClientRect().top - (top + height * RESTS);
    const before = scrollY;
    if (Math.abs(distance) <= CLOSE) return false;
    moving = true;
    began = behavior === 'smooth' ? performance.now() : -Infinity;
    expected = null;
    scrollBy({ top: distance, behavior });
    return behavior === 'smooth' || scrollY !== before;
  }
  function jump(line) {
    aim = line;
    tries = TRIES;
    settle();
  }
  function settle() {
    if (!bring(aim, 'instant') || --tries === 0) aim = null;
  }

  /** Moves only if the line has left the comfortable part of the window. */
  function keepInView(line) {
    const { top, height } = view();
    const box = line.getBoundingClientRect();
    if (box.top < top || box.bottom > top + height * LEAVES) {
      const far = Math.abs(box.top - top) > 1.5 * height;
      if (far || calm.matches) jump(line);
      else bring(line, 'smooth');
    } else if (!moving) expected = box.top;
  }

  // — following, letting go

  function letGo() {
    aim = null;
    if (!store.get('following')) return;
    store.set({ following: false });
    if (moving) scrollTo({ top: scrollY, behavior: 'instant' }); // stop where we are
    point();
  }

  /** Which way the voice is, for the button that brings back to it. */
  function point() {
    if (!voice || store.get('following')) return;
    const { top, height } = view();
    const box = voice.getBoundingClientRect();
    if (!store.get('playing') && box.top >= top && box.bottom <= top + height) store.set({ voice: '' }); // it is here
    else store.set({ voice: box.top < top + height * RESTS ? 'up' : 'down' });
  }

  let timed = false; // lines are being timed: the one to come is what to keep in view

  function move() {
    const timing = store.get('timing');
    const { line, maybe, about } = store.get('spoken');
    const place = lines[timing?.next] ?? lines[line] ?? lines[maybe[0]] ?? lines[about] ?? voice;
    const reset = timed !== Boolean(timing); // every line gets another place: none is to be moved
    timed = Boolean(timing);
    if (reset) expected = null;
    if (place === voice) return;
    const opened = !voice && !store.get('playing'); // a page that was just opened stays at its head
    voice = place;
    if (!store.get('following')) point();
    else if (!opened && !reset) keepInView(voice);
  }
  store.on('spoken', move, signal);
  store.on('timing', move, signal);

  const catchUp = () => store.get('following') && voice && keepInView(voice);
  store.on('following', catchUp, signal);
  store.on('playing', catchUp, signal);

  store.on('shown', (place) => place && jump(lines[place.line]), signal);

  // — telling the reader's scrolling from our own

  addEventListener('wheel', (event) => event.ctrlKey || !event.deltaY || letGo(), { signal, passive: true });
  el.addEventListener('touchmove', letGo, { signal, passive: true });
  addEventListener('keydown', (event) => {
    const typing = event.target.closest?.('input, textarea, select');
    if (!typing && !event.defaultPrevented && scrollKeys.has(event.key)) letGo();
  }, { signal });
  addEventListener('wander', letGo, { signal });
  addEventListener('resize', () => (expected = null), { signal });
  store.on('size', () => (expected = null), signal);

  // What is left is the scroll bar, or the browser's own search: our line has
  // moved in the window, though we did not move it.
  addEventListener('scroll', () => {
    if (aim) return settle();
    if (!store.get('following')) point();
    else if (voice && expected !== null && Math.abs(voice.getBoundingClientRect().top - expected) > CLOSE) letGo();
  }, { signal, passive: true });
  addEventListener('scrollend', () => {
    if (performance.now() - began < GLIDE) return; // the end of a glide that another has taken the place of
    moving = false;
    if (store.get('following')) expected = voice?.getBoundingClientRect().top ?? null;
  }, { signal });
}
