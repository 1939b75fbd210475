// The walk in Firefox, and in a Firefox that cannot mark a range of text by itself.

import { startFirefox } from './firefox.mjs';
import { walk } from './walk.mjs';

walk('Firefox', startFirefox);
walk('Firefox without the Highlight API', () => startFirefox({ 'dom.customHighlightAPI.enabled': false }), /mark|word are lit/);
