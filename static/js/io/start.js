// What a page does first: it lets the text be painted, and only when the browser
// has nothing more urgent, such as the rest of a long text or the sound, it asks
// for its scripts, all at once. Loaded by the page itself; nothing imports it.

const WAIT = 500; // ms that the scripts are put off at most, each time

const { src, dataset } = document.currentScript;
const root = src.slice(0, src.lastIndexOf('js/'));
const scripts = dataset.scripts.split(' ').map((name) => root + name); // the page's own first

function ask() {
  for (const href of scripts) {
    const link = document.createElement('link');
    document.head.append(Object.assign(link, { rel: 'modulepreload', href }));
  }
  if (document.readyState === 'loading') addEventListener('DOMContentLoaded', run);
  else run();
}

/* What is pressed meanwhile happens then; the panel opens by itself. */
let pressed = null;
const note = ({ target }) => (pressed = target.closest('.play, [data-skip], .time-this, [data-use]') ?? pressed);
addEventListener('click', note);

async function run() {
  await import(scripts[0]);
  removeEventListener('click', note);
  pressed?.click();
}

const there = (then) => (document.hidden || document.querySelector('[data-line], main + *') ? then() : requestAnimationFrame(() => there(then)));

/** A page that is hidden is not painted: it does not wait for that. */
function painted(then) {
  const late = setTimeout(go, document.hidden ? 0 : WAIT);
  const watch = new PerformanceObserver((seen) => seen.getEntriesByName('first-contentful-paint').length && go());
  watch.observe({ type: 'paint', buffered: true });
  function go() {
    clearTimeout(late);
    watch.disconnect();
    then();
  }
}

const idle = (then) => (window.requestIdleCallback ? requestIdleCallback(then, { timeout: WAIT }) : then());

there(() => painted(() => idle(ask)));
