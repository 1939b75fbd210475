// Putting a text right by ear: somebody heard a line, and said when.

const goesOn = ({ atMs, byMs }) => atMs + byMs;

/** Points that say something new, each with another offset than the one before. */
const telling = (points) => points.filter(({ byMs }, i) => byMs !== (points[i - 1]?.byMs ?? 0));

/**
 * The points with one more. Those it stands in the place of are gone, and so
 * are those that contradict it: what was heard last is believed.
 */
export function putPoint(points, point) {
  const before = points.filter((each) => each.atMs < point.atMs && goesOn(each) < goesOn(point));
  const after = points.filter((each) => each.atMs > point.atMs && goesOn(each) > goesOn(point));
  return telling([...before, point, ...after]);
}

/** The points with one holding from the one before on, or from the beginning. */
export function putEarlier(points, atMs) {
  const n = points.findIndex((point) => point.atMs === atMs);
  if (n < 0) return points;
  const { byMs } = points[n];
  const heard = n > 1 ? goesOn(points[n - 2]) : -1; // and no two places are heard at once
  const from = Math.max(points[n - 1]?.atMs ?? 0, heard + 1 - byMs);
  return telling([...points.slice(0, Math.max(0, n - 1)), { atMs: from, byMs }, ...points.slice(n + 1)]);
}

/** The nearest line with a sure start, from this one on or, by −1, back; −1 if none. */
export function sureLine({ count, start, plusMinus }, line, by = 1) {
  for (let i = line; i >= 0 && i < count; i += by) if (start(i) >= 0 && !plusMinus(i)) return i;
  return -1;
}
