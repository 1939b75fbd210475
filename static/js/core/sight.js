// Where in the window a line may stand. A page is what the bars leave of the
// window, {top, height}; a box is a line's, {top, bottom}; all in px.

const LEAVES = 0.7; // the voice may go this far down the page before the page moves
const RESTS = 0.28; // and then rests here
const TALL = 0.6; // of the page: a line taller than this is followed by its word

export const restsAt = ({ top, height }) => top + height * RESTS;

export const isTall = ({ height }, box) => box.bottom - box.top > height * TALL;

/** Whether a box need not be moved to be read on from. Of a tall one the head is enough. */
export function comfortable(page, box) {
  const low = page.top + page.height * LEAVES;
  return box.top >= page.top && (isTall(page, box) ? box.top : box.bottom) <= low;
}

/** How far to scroll, and no further, so that a box is seen; its head where it is taller than the page. */
export function reveal({ top, height }, box) {
  if (box.top < top) return box.top - top;
  return Math.max(0, Math.min(box.bottom - top - height, box.top - top));
}

/**
 * Whether a reader's scroll that has ended went back to the voice: it was not
 * where it could be followed and now it is, or it always was and the reader
 * has turned round.
 * @param moved how far the page was scrolled
 * @param heading the way the reader went the time before: 1 down, −1 up, 0 nowhere
 */
export function cameBack(page, box, moved, heading) {
  const before = { top: box.top + moved, bottom: box.bottom + moved };
  return comfortable(page, box) && (!comfortable(page, before) || Math.sign(moved) === -heading);
}
