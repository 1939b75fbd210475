// What is heard, and the steps of what can be set.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { heardAt, lagOf } from '../../js/core/heard.js';
import { fineSpeed, nudge, outputName, sizes, speedBeside } from '../../js/core/steps.js';

test('without a delay the clock is what is heard, even one that goes back', () => {
  assert.equal(heardAt(5000, 0, 4000), 5000);
  assert.equal(heardAt(3990, 0, 4000), 3990);
});

test('with a delay the sound is behind, at double speed by twice as much of the episode', () => {
  assert.equal(heardAt(5000, lagOf(200, 1), 0), 4800);
  assert.equal(heardAt(5000, lagOf(200, 2), 0), 4600);
  assert.equal(heardAt(5000, lagOf(-100, 1), 0), 5100);
});

test('nothing is heard from before where the sound began to run', () => {
  for (const clock of [4000, 4001, 4200]) assert.equal(heardAt(clock, 200, 4000), 4000);
  assert.equal(heardAt(4201, 200, 4000), 4001);
});

test('speeds go through the usual ones and stay at the ends', () => {
  const up = [0.5];
  while (speedBeside(up.at(-1), 1) !== up.at(-1)) up.push(speedBeside(up.at(-1), 1));
  assert.deepEqual(up, [0.5, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3]);
  assert.deepEqual([speedBeside(1.05, 1), speedBeside(1.05, -1), speedBeside(0.5, -1)], [1.1, 1, 0.5]);
});

test('fine steps of speed are twentieths, without crumbs', () => {
  let rate = 0.5;
  const seen = [rate];
  while (rate < 3) seen.push((rate = fineSpeed(rate, 1)));
  assert.equal(seen.length, 51);
  for (const each of seen) assert.equal(String(each).length <= 4, true, each);
  assert.deepEqual([fineSpeed(3, 1), fineSpeed(0.5, -1), fineSpeed(1.1, -1)], [3, 0.5, 1.05]);
});

test('a delay moves by 20 ms and stays within its bounds', () => {
  assert.deepEqual([nudge(0, 1), nudge(0, -1), nudge(-500, -1), nudge(1500, 1)], [20, -20, -500, 1500]);
});

test('an output is named by what it reports, and known again by a reading close by', () => {
  assert.equal(outputName(187, {}), '180');
  assert.equal(outputName(191, { 180: 60 }), '180');
  assert.equal(outputName(40, { 180: 60 }), '40');
});

test('five sizes of the text, the usual one among them', () => {
  assert.equal(sizes.length, 5);
  assert.ok(sizes.includes(1));
});
