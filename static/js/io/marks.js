// Marks on stretches of text, painted by the browser without an element of ours
// in the text; where a browser cannot, boxes are laid over the text.

const boxes = globalThis.Highlight && CSS.highlights ? null : import('./boxes.js');

/** Marks what is given to `set`, in the looks of ::highlight(name). */
export function createMark(name, { priority = 0 } = {}) {
  if (boxes) {
    const drawn = boxes.then((module) => module.createBoxes(name));
    return { set: (ranges) => drawn.then((layer) => layer.set(ranges)), clear: () => drawn.then((layer) => layer.clear()) };
  }
  const highlight = new Highlight();
  highlight.priority = priority;
  CSS.highlights.set(name, highlight);
  return {
    set(ranges) {
      highlight.clear();
      for (const range of ranges) highlight.add(range);
    },
    clear: () => highlight.clear(),
  };
}
