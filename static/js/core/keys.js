// Every key of the reading page, once: what works is what the help says.

/**
 * Keys that work anywhere. `letter` ones can be switched off, for whoever
 * speaks to the computer or brushes against a key; pairs stand on one row of
 * the help.
 * @type {{words: string, letter?: boolean, keys: Record<string, [string, object?]>}[]}
 */
export const anywhere = [
  { words: 'key.play', keys: { ' ': ['toggle'] } },
  { words: 'key.skip', keys: { ArrowLeft: ['skip', { by: -15_000 }], ArrowRight: ['skip', { by: 30_000 }] } },
  { words: 'key.turn', letter: true, keys: { p: ['turn', { by: -1 }], n: ['turn', { by: 1 }] } },
  { words: 'key.faster', letter: true, keys: { '<': ['faster', { by: -1 }], '>': ['faster', { by: 1 }] } },
  { words: 'key.loop', letter: true, keys: { l: ['loop'] } },
  { words: 'key.delay', letter: true, keys: { e: ['delay', { by: -1 }], d: ['delay', { by: 1 }] } },
  { words: 'key.follow', letter: true, keys: { v: ['follow'] } },
  { words: 'key.announce', letter: true, keys: { i: ['announce'] } },
  { words: 'key.find', letter: true, keys: { '/': ['find'] } },
  { words: 'key.help', letter: true, keys: { '?': ['help'] } },
];

/** Keys on a line of the text: which line they lead to, of so many. */
export const steps = {
  ArrowUp: (i) => i - 1,
  ArrowDown: (i) => i + 1,
  Home: () => 0,
  End: (i, count) => count - 1,
};

/** And how the help tells of them. */
export const inText = [
  { words: 'key.lines', keys: { ArrowUp: null, ArrowDown: null } },
  { words: 'key.ends', keys: { Home: null, End: null } },
  { words: 'key.line', keys: { Enter: null } },
];
