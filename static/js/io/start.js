// What a page does first: it lets the text be painted, and only then asks for
// its scripts, all at once. Loaded by the page itself; nothing imports it.

const { src, dataset } = document.currentScript;
const scripts = dataset.scripts.split(' ').map((name) => new URL(`../../${name}`, src).href); // the page's own first

function ask() {
  for (const href of scripts) {
    const link = document.createElement('link');
    document.head.append(Object.assign(link, { rel: 'modulepreload', href }));
  }
  if (document.readyState === 'loading') addEventListener('DOMContentLoaded', run);
  else run();
}

const run = () => import(scripts[0]);

/** A page that is hidden is not painted: it does not wait for that. */
function painted(then) {
  if (document.hidden) return then();
  if (!document.querySelector('[data-line], main + *')) return requestAnimationFrame(() => painted(then));
  requestAnimationFrame(() => setTimeout(then));
}

painted(ask);
