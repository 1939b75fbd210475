// The panel behind "More": loaded when somebody opens it.

import { addStyles } from '../io/styles.js';
import * as help from '../parts/help.js';
import * as listening from '../parts/listening.js';
import * as speakers from '../parts/speakers.js';
import * as sync from '../parts/sync.js';
import { createHelp } from './help.js';
import { createSpeakers } from './speakers.js';

/** @param shared what the parts are given, see episode.js */
export async function createMore(panel, shared) {
  await addStyles(new URL('../../css/more.css', import.meta.url));
  createSpeakers(shared);
  for (const [name, part] of Object.entries({ speakers, listening, sync, help })) {
    part.mount(panel.querySelector(`.${name}`), shared);
  }
  return { help: createHelp(panel, shared) };
}
