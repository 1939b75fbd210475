import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { heard, heardEnd, heardTimeline, ownTime, placeOf, readShift } from '../../js/core/shift.js';

const { cases } = JSON.parse(readFileSync(new URL('./shift.json', import.meta.url), 'utf8'));
const known = (ms) => (ms === null ? -1 : ms);

/** Lines as the server sends them. */
function timesOf(lines, shift) {
  let last = 0;
  const start = lines.map(([from]) => {
    const delta = from - last;
    last = from;
    return delta;
  });
  return { start, length: lines.map(([from, to]) => (to === null ? null : to - from)), shift };
}

for (const { name, points, starts, ends, inverse, lines, heard: said } of cases) {
  test(name, () => {
    const shift = readShift(points);
    for (const [t, h] of starts) {
      assert.equal(heard(shift, t), known(h), `what begins at ${t}`);
      if (h !== null) assert.equal(placeOf(shift, t), h);
    }
    for (const [t, h] of ends) assert.equal(heardEnd(shift, t), h, `what ends at ${t}`);
    for (const [h, t] of inverse) assert.equal(ownTime(shift, h), t, `heard at ${h}`);
    const timeline = heardTimeline(timesOf(lines, points));
    said.forEach(([from, to], i) => {
      assert.equal(timeline.start(i), known(from), `line ${i} begins`);
      if (to !== null) assert.equal(timeline.end(i), to, `line ${i} ends`);
    });
  });
}

test('what is not in the sound is where the sound goes on', () => {
  assert.equal(placeOf(readShift([[30_000, -10_000]]), 25_000), 20_000);
});

test('words move one by one; those that are not in the sound have no time', () => {
  const times = { start: [1000, 9000], length: [8000, 1000], words: [[0, 1000, null, 4000], null] };
  const late = heardTimeline({ ...times, shift: [[5000, 60_000]] });
  assert.deepEqual(late.words(0), [1000, 2000, -1, 66_000]);
  assert.equal(late.at(65_999).word, 1);
  assert.equal(late.at(66_000).word, 3);
  assert.deepEqual(heardTimeline({ ...times, shift: [[6000, -4500]] }).words(0), [1000, -1, -1, 1500]);
  assert.equal(heardTimeline({ ...times, shift: [[6000, -6000]] }).words(0), null, 'the line begins in what is not there');
});

test('a shift of one\'s own stands in place of the server\'s', () => {
  const times = { start: [1000], length: [500], shift: [[0, 5000]] };
  assert.equal(heardTimeline(times).start(0), 6000);
  assert.equal(heardTimeline(times, []).start(0), 1000);
  assert.equal(heardTimeline(times, [{ atMs: 1000, byMs: 20 }]).start(0), 1020);
});

test('nothing is lit in what was put in, and every line is lit in its place', () => {
  const timeline = heardTimeline({ start: [0, 4000, 4000], length: [null, null, 3000], shift: [[4000, 60_000], [8000, 120_000]] });
  const lit = (t) => timeline.at(t).line;
  assert.deepEqual([lit(0), lit(3999), lit(4000), lit(63_999)], [0, 0, -1, -1]);
  assert.deepEqual([lit(64_000), lit(67_999), lit(68_000), lit(127_999), lit(128_000), lit(131_000)], [1, 1, -1, -1, 2, -1]);
  assert.equal(timeline.next(4000), 64_000);
});
