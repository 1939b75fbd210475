// The walk in WebKit.

import { walk } from './walk.mjs';
import { startWebKit } from './webkit.mjs';

walk('WebKit', startWebKit);
