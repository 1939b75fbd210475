// Every key of the reading page, once: what works is what the help says.

/**
 * Keys that work anywhere. `letter` ones can be switched off, for whoever
 * speaks to the computer or brushes against a key; pairs stand on one row of
 * the help, which tells of each by its name.
 * @type {{name: string, letter?: boolean, keys: Record<string, [string, object?]>}[]}
 */
export const anywhere = [
  { name: 'play', keys: { ' ': ['toggle'] } },
  { name: 'skip', keys: { ArrowLeft: ['skip', { by: -15_000 }], ArrowRight: ['skip', { by: 30_000 }] } },
  { name: 'turn', letter: true, keys: { p: ['turn', { by: -1 }], n: ['turn', { by: 1 }] } },
  { name: 'faster', letter: true, keys: { '<': ['faster', { by: -1 }], '>': ['faster', { by: 1 }] } },
  { name: 'loop', letter: true, keys: { l: ['loop'] } },
  { name: 'delay', letter: true, keys: { e: ['delay', { by: -1 }], d: ['delay', { by: 1 }] } },
  { name: 'follow', letter: true, keys: { v: ['follow'] } },
  { name: 'announce', letter: true, keys: { i: ['announce'] } },
  { name: 'find', letter: true, keys: { '/': ['find'] } },
  { name: 'help', letter: true, keys: { '?': ['help'] } },
];

/** Keys on a line of the text, which Enter plays: which line they lead to, of so many. */
export const steps = {
  ArrowUp: (i) => i - 1,
  ArrowDown: (i) => i + 1,
  Home: () => 0,
  End: (i, count) => count - 1,
};
