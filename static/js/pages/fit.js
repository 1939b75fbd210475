// Whether the text fits the sound that this listener gets. What says that it
// does not, and puts it right, is loaded when it is needed.

import { misfit } from '../core/misfit.js';
import { createTimeline } from '../core/timeline.js';
import { recall } from '../io/memory.js';

/** @param shared what the parts are given; later makes what few need */
export function fit(shared) {
  const { store, signal, player, page, later } = shared;
  const lang = new URL(page.times, location.href).searchParams.get('lang') ?? '';
  const name = `shift:${page.episode}:${lang}`;
  let checked = null;

  const resync = later(() => import('./resync.js'), (module) => module.createResync({ ...shared, name, lang }), 'sync.failed');

  /** What the server sent, unless this listener has put it right for themselves. */
  async function take(times) {
    store.set({ times });
    if (recall(name)) await resync();
    if (store.get('timeline')) return;
    if (!times.shift) return store.set({ timeline: createTimeline(times) });
    const { heardTimeline, readShift } = await import('../core/shift.js');
    store.set({ shift: readShift(times.shift), timeline: heardTimeline(times) });
  }

  function check() {
    const timeline = store.get('timeline');
    const { duration } = player;
    if (!timeline || duration === null || (checked?.timeline === timeline && checked.duration === duration)) return;
    checked = { timeline, duration };
    store.set({ misfit: misfit(timeline, duration) });
    if (store.get('misfit')) resync();
  }
  store.on('timeline', check, signal);
  player.on('state', check, signal);

  document.addEventListener('resync', ({ detail }) => {
    const { line } = store.get('spoken'); // where the light stands when it is said
    const now = player.now();
    resync().then((created) => created?.act({ line, now, ...detail }));
  }, { signal });
  return take;
}
