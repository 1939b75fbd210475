import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anywhere, steps } from '../../js/core/keys.js';
import { inText } from '../../js/parts/help.js';
import { cameBack, comfortable, isTall, restsAt, reveal } from '../../js/core/sight.js';

const page = { top: 50, height: 1000 };
const box = (top, height = 30) => ({ top, bottom: top + height });

test('a line is comfortable from the top to seven tenths down, a tall one by its head', () => {
  assert.ok(comfortable(page, box(50)));
  assert.ok(comfortable(page, box(720)));
  assert.ok(!comfortable(page, box(49)));
  assert.ok(!comfortable(page, box(721)));
  assert.ok(!isTall(page, box(0, 600)) && isTall(page, box(0, 601)));
  assert.ok(comfortable(page, box(restsAt(page), 5000)));
  assert.ok(!comfortable(page, box(751, 5000)));
});

test('what is seen need not be revealed, what is not comes no further than it must', () => {
  assert.equal(reveal(page, box(50)), 0);
  assert.equal(reveal(page, box(1020)), 0);
  assert.equal(reveal(page, box(1021)), 1);
  assert.equal(reveal(page, box(20)), -30);
  assert.equal(reveal(page, box(60, 3000)), 10, 'of a tall one the head');
});

test('back to the voice: from where it could not be followed, or by turning round', () => {
  assert.ok(cameBack(page, box(400), -900, 1), 'it was above and is here');
  assert.ok(cameBack(page, box(400), 800, 0), 'it was below and is here');
  assert.ok(!cameBack(page, box(900), 500, 0), 'it was below and still is');
  assert.ok(!cameBack(page, box(400), 100, 1), 'on and on the same way');
  assert.ok(!cameBack(page, box(400), 100, 0), 'the first small step away');
  assert.ok(cameBack(page, box(400), -100, 1), 'turned round');
});

test('no two rows of the help claim one key, and every step in the text is told', () => {
  const all = anywhere.flatMap(({ keys }) => Object.keys(keys));
  assert.equal(new Set(all.map((key) => key.toLowerCase())).size, all.length);
  const told = inText.flatMap(({ keys }) => Object.keys(keys));
  assert.deepEqual(told.filter((key) => key !== 'Enter').sort(), Object.keys(steps).sort());
});
