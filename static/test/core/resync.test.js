import assert from 'node:assert/strict';
import { test } from 'node:test';
import { misfit } from '../../js/core/misfit.js';
import { putEarlier, putPoint, sureLine } from '../../js/core/resync.js';
import { heard, heardTimeline } from '../../js/core/shift.js';
import { createTimeline } from '../../js/core/timeline.js';

const points = (...pairs) => pairs.map(([atMs, byMs]) => ({ atMs, byMs }));
const put = (before, atMs, byMs) => putPoint(before, { atMs, byMs });

/** What the server takes: places and what is heard there rise, nothing lies before the beginning. */
function standing(list) {
  list.forEach(({ atMs, byMs }, i) => {
    const before = list[i - 1] ?? { atMs: -1, byMs: 0 };
    assert.ok(atMs > before.atMs && atMs >= 0 && atMs + byMs >= 0, JSON.stringify(list));
    assert.ok(!i || atMs + byMs > before.atMs + before.byMs, JSON.stringify(list));
  });
  return list;
}

test('a point is put between others, in the place of the one that stood there', () => {
  const one = put([], 60_000, 30_000);
  assert.deepEqual(one, points([60_000, 30_000]));
  const two = put(one, 200_000, 90_000);
  assert.deepEqual(two, points([60_000, 30_000], [200_000, 90_000]));
  assert.deepEqual(put(two, 60_000, 31_000), points([60_000, 31_000], [200_000, 90_000]));
  assert.deepEqual(put(two, 120_000, 60_000), points([60_000, 30_000], [120_000, 60_000], [200_000, 90_000]));
});

test('points that contradict the last one that was heard are gone', () => {
  assert.deepEqual(put(points([60_000, 90_000]), 100_000, 0), []);
  assert.deepEqual(put(points([60_000, 0], [100_000, -30_000]), 90_000, 5000), points([90_000, 5000]));
});

test('a point that says nothing new is none', () => {
  assert.deepEqual(put([], 5000, 0), []);
  assert.deepEqual(put(points([5000, 700]), 9000, 700), points([5000, 700]));
});

test('earlier lines too: from the point before, or from the beginning', () => {
  assert.deepEqual(standing(putEarlier(points([60_000, 30_000]), 60_000)), points([0, 30_000]));
  assert.deepEqual(standing(putEarlier(points([60_000, -20_000]), 60_000)), points([20_000, -20_000]));
  assert.deepEqual(standing(putEarlier(points([10_000, 5000], [60_000, 30_000], [90_000, 40_000]), 60_000)), points([10_000, 30_000], [90_000, 40_000]));
  const held = standing(putEarlier(points([10_000, 50_000], [20_000, 60_000], [95_000, -10_000]), 95_000));
  assert.equal(heard(held, 95_000), 85_000);
  assert.deepEqual(putEarlier(points([10_000, 5000]), 777), points([10_000, 5000]));
});

test('whatever is tapped, the points are such as the server takes, and the line is heard when it was tapped', () => {
  let seed = 11;
  const random = (most) => (seed = (seed * 48271) % 2147483647) % most;
  let list = [];
  for (let n = 0; n < 2000; n++) {
    const at = random(600_000);
    const h = random(700_000);
    list = standing(put(list, at, h - at));
    assert.equal(heard(list, at), h);
    if (n % 3 === 0) list = standing(putEarlier(list, list[random(list.length)]?.atMs));
  }
});

test('the nearest line whose time is known', () => {
  const timeline = createTimeline({ start: [0, 1000, null, 1000], length: [500, 500, null, 500], plusMinus: [0, 800, null, 0] });
  assert.deepEqual([0, 1, 2, 3, 4].map((line) => sureLine(timeline, line)), [0, 3, 3, 3, -1]);
  assert.deepEqual([3, 2, 0, -1].map((line) => sureLine(timeline, line, -1)), [3, 0, 0, -1]);
});

test('a text and a sound that cannot belong together by their lengths', () => {
  const sure = createTimeline({ start: [0, 60_000], length: [5000, 5000] });
  assert.equal(misfit(sure, 65_000), 0);
  assert.equal(misfit(sure, 94_999), 0);
  assert.equal(misfit(sure, 95_000), -30_000);
  assert.equal(misfit(sure, 59_000), 0);
  assert.equal(misfit(sure, 58_999), 6001);
  const open = createTimeline({ start: [0, 60_000], length: [null, null] });
  assert.equal(misfit(open, 50_000), 10_000);
  assert.equal(misfit(open, 100_000), -40_000);
  assert.equal(misfit(heardTimeline({ start: [0, 60_000], length: [5000, 5000], shift: [[60_000, 40_000]] }), 105_000), 0);
});

test('guesses tell nothing about lengths', () => {
  const guesses = createTimeline({ start: [0, 60_000], length: [5000, 5000], plusMinus: [0, 4000] });
  assert.equal(misfit(guesses, 300_000), 0);
  assert.equal(misfit(createTimeline({ start: [null, null], length: [null, null], plusMinus: [null, null] }), 300_000), 0);
  assert.equal(misfit(createTimeline({ start: [], length: [] }), 300_000), 0);
});
