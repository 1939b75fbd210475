import assert from 'node:assert/strict';
import { test } from 'node:test';
import { beginAt, isNewer, readPlace } from '../../js/core/placing.js';

const NOW = 1_750_000_000_000;

test('what was kept is read, old form and all, and nothing else', () => {
  assert.deepEqual(readPlace({ ms: 41_000, at: NOW - 5 }, NOW), { ms: 41_000, at: NOW - 5 });
  assert.deepEqual(readPlace(41_000, NOW), { ms: 41_000, at: 0 });
  assert.deepEqual(readPlace(0, NOW), { ms: 0, at: 0 });
  for (const nothing of [null, undefined, '', 'x', {}, [], { ms: 5 }, { at: 5 }, { ms: -1, at: 1 }, { ms: NaN, at: 1 }, { ms: '5x', at: 1 }, -1, NaN, Infinity, true]) {
    assert.equal(readPlace(nothing, NOW), null, String(nothing));
  }
});

test('the newer place is the one heard later; a clock that was set wrong wins for no longer than it has to', () => {
  const older = { ms: 9, at: NOW - 10 };
  const newer = { ms: 3, at: NOW };
  assert.ok(isNewer(newer, older));
  assert.ok(!isNewer(older, newer));
  assert.ok(!isNewer(newer, newer));
  assert.ok(isNewer(older, null));
  assert.ok(!isNewer(null, older));
  assert.ok(!isNewer(null, null));
  assert.equal(readPlace({ ms: 1, at: NOW + 59_000 }, NOW).at, NOW + 59_000);
  assert.ok(isNewer(older, readPlace({ ms: 1, at: NOW + 86_400_000 }, NOW)));
});

test('who has heard the end begins anew', () => {
  assert.equal(beginAt(57_500, 60_000), 0);
  assert.equal(beginAt(57_000, 60_000), 57_000);
  assert.equal(beginAt(57_500, null), 57_500);
  assert.equal(beginAt(70_000, 60_000), 0);
});
