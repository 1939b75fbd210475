// Marks for browsers that cannot paint a range: boxes over the text, in one
// layer that nobody can point at or read. They are placed again when anything
// on the page gets another size.

const looks = new URL('../../css/parts/marks.css', import.meta.url);
const MANY = 300; // boxes of one mark; what is further on stays unmarked

/* Before the page's own styles, which win. */
document.head.prepend(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: looks.href }));

/** The box of each row of text that a range touches; none while it is not laid out. */
const rowsOf = (range) => Array.from(range.getClientRects()).filter(({ width, height }) => width && height);

export function createBoxes(name) {
  const layer = document.createElement('div');
  layer.className = 'boxes';
  layer.dataset.mark = name;
  layer.setAttribute('aria-hidden', 'true');
  document.querySelector('main').append(layer);
  let marked = [];

  function place() {
    const rows = [];
    for (const range of marked) {
      if (rows.length < MANY) rows.push(...rowsOf(range));
    }
    rows.length = Math.min(rows.length, MANY);
    while (layer.childElementCount > rows.length) layer.lastChild.remove();
    while (layer.childElementCount < rows.length) layer.append(document.createElement('i'));
    rows.forEach((row, n) => {
      const { style } = layer.children[n];
      style.left = `${row.left + scrollX}px`;
      style.top = `${row.top + scrollY}px`;
      style.width = `${row.width}px`;
      style.height = `${row.height}px`;
    });
  }
  new ResizeObserver(() => marked.length && place()).observe(document.body);

  function set(ranges) {
    marked = ranges;
    place();
  }
  return { set, clear: () => set([]) };
}
