// Between offsets in a line's text (UTF-16 units, as the server counts) and
// places in the document. A line may hold small marks, so its text may lie in
// several nodes.

function* texts(line) {
  const { firstChild } = line;
  if (firstChild?.nodeType === 3 && !firstChild.nextSibling) return yield firstChild; // nearly every line
  const walk = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) yield walk.currentNode;
}

/** Sets range to line's text from one offset to another. */
export function setRange(range, line, from, to) {
  let passed = 0;
  let open = false;
  for (const node of texts(line)) {
    const length = node.data.length;
    if (!open && from < passed + length) {
      range.setStart(node, from - passed);
      open = true;
    }
    if (open && to <= passed + length) {
      range.setEnd(node, to - passed);
      return range;
    }
    passed += length;
  }
  if (!open) range.setStart(line, line.childNodes.length);
  range.setEnd(line, line.childNodes.length);
  return range;
}

/** Ranges over a passage, one for each paragraph: the names between them are no part of it. */
export function passageRanges(lines, { from, to }) {
  const ranges = [];
  for (let k = from.line; k <= to.line; k++) {
    const range = setRange(new Range(), lines[k], k === from.line ? from.offset : 0, k === to.line ? to.offset : Infinity);
    if (k > from.line && lines[k].parentElement === lines[k - 1].parentElement) ranges.at(-1).setEnd(range.endContainer, range.endOffset);
    else ranges.push(range);
  }
  return ranges;
}

/** Offset in line's text of a place in the document, held to the line's ends. */
export function offsetIn(line, node, offset) {
  const before = new Range();
  before.selectNodeContents(line);
  const side = before.comparePoint(node, offset);
  if (side < 0) return 0;
  if (side > 0) return line.textContent.length;
  before.setEnd(node, offset);
  return before.toString().length;
}

/** Where each word of a text begins, unless the server says so itself. */
export function wordOffsets(text, given) {
  return given ?? Array.from(text.matchAll(/\S+/g), (match) => match.index);
}

/** The text of word k: from where it begins to where its letters end. */
export function wordSpan(text, offsets, k) {
  const from = offsets[k];
  const piece = text.slice(from, offsets[k + 1] ?? text.length);
  return [from, from + piece.trimEnd().length];
}

/** Which word an offset lies in or behind, −1 before the first. */
export function wordAtOffset(offsets, offset) {
  return offsets.findLastIndex((from) => from <= offset);
}
