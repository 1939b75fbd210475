import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTimeline, lastAtOrBefore } from '../../js/core/timeline.js';

const lit = (timeline, t) => timeline.at(t).line;
const dark = { line: -1, word: -1, also: [], maybe: [], about: -1, said: -1 };
const maybe = (timeline, t) => Array.from(timeline.at(t).maybe);

test('the last value at or before, also at the ends', () => {
  assert.equal(lastAtOrBefore([10, 20, 20, 30], 9), -1);
  assert.equal(lastAtOrBefore([10, 20, 20, 30], 20), 2);
  assert.equal(lastAtOrBefore([10, 20, 20, 30], 99), 3);
  assert.equal(lastAtOrBefore([], 5), -1);
});

test('ranges are half-open: a line holds its start, not its end', () => {
  const timeline = createTimeline({ start: [1000, 2000], length: [2000, 500] });
  assert.equal(lit(timeline, 999), -1);
  assert.equal(lit(timeline, 1000), 0);
  assert.equal(lit(timeline, 2999), 0);
  assert.equal(lit(timeline, 3000), 1);
  assert.equal(lit(timeline, 3500), -1);
});

test('a line without an end lasts until the next, the last one for ever', () => {
  const timeline = createTimeline({ start: [0, 4000], length: [null, null] });
  assert.equal(lit(timeline, 3999), 0);
  assert.equal(lit(timeline, 9e9), 1);
});

test('of lines with the same start the later one is lit', () => {
  assert.equal(lit(createTimeline({ start: [1000, 0], length: [900, 900] }), 1000), 1);
});

test('lines without a time are passed over, deltas count from the last known', () => {
  const timeline = createTimeline({ start: [1000, null, 2000], length: [null, null, null], plusMinus: [0, null, 0] });
  assert.equal(timeline.start(1), -1);
  assert.equal(timeline.start(2), 3000);
  assert.equal(lit(timeline, 2999), 0);
  assert.equal(lit(timeline, 3000), 2);
});

test('an aligned line is lit like an exact one', () => {
  assert.equal(lit(createTimeline({ start: [0], length: [1000], plusMinus: [-1] }), 500), 0);
});

test('words: deltas from the line, gaps, none before the first', () => {
  const timeline = createTimeline({ start: [1000, 1000], length: [1000, 1000], words: [[100, null, 300], null] });
  assert.deepEqual(timeline.words(0), [1100, -1, 1400]);
  assert.equal(timeline.at(1050).word, -1);
  assert.equal(timeline.at(1399).word, 0);
  assert.equal(timeline.at(1400).word, 2);
  assert.equal(timeline.at(2000).word, -1);
});

test('guesses are candidates, never lit; a vague end takes its line in', () => {
  // exact without an end, then two guesses, then exact again
  const timeline = createTimeline({ start: [0, 10_000, 4000, 6000], length: [null, null, null, 1000], plusMinus: [0, 2000, 2000, 0] });
  assert.equal(lit(timeline, 7999), 0);
  assert.equal(lit(timeline, 8000), -1);
  assert.deepEqual(maybe(timeline, 8000), [0, 1]);
  assert.deepEqual(maybe(timeline, 13_000), [1, 2]);
  assert.equal(lit(timeline, 20_000), 3);
});

test('too many candidates, or too wide a guess: only about where', () => {
  const many = createTimeline({ start: [0, ...Array(9).fill(1000)], length: Array(10).fill(1000), plusMinus: Array(10).fill(9000) });
  assert.deepEqual(maybe(many, 5000), []);
  assert.equal(many.at(5000).about, 5);
  const wide = createTimeline({ start: [40_000], length: [5000], plusMinus: [30_001] });
  assert.deepEqual(wide.at(41_000), { ...dark, about: 0 });
});

test('order is a fact: a guess is not lit beyond the sure starts around it', () => {
  // sure at 0 and 10 s, guesses at 4 and 8 s between, a guess at 12 s behind
  const timeline = createTimeline({ start: [0, 4000, 4000, 2000, 2000], length: Array(5).fill(null), plusMinus: [0, 5000, 5000, 0, 5000] });
  assert.deepEqual(maybe(timeline, 0), [0, 1], 'the first guess may begin with the line before it, not earlier');
  assert.deepEqual(maybe(timeline, 9999), [1, 2], 'the sure line ended with the first guess at the latest');
  assert.deepEqual(maybe(timeline, 10_000), [3, 4], 'no line before the sure start is spoken after it');
  assert.equal(timeline.next(9500), 10_000);
});

test('behind a known end and before the sure start that follows nothing is lit', () => {
  const timeline = createTimeline({ start: [0, 5000, 15_000], length: [null, 3000, 1000], plusMinus: [0, 4000, 0] });
  assert.deepEqual(maybe(timeline, 7999), [0, 1]);
  for (const t of [8000, 12_000, 19_999]) assert.deepEqual(timeline.at(t), dark);
  assert.equal(timeline.next(7999), 8000);
  assert.equal(lit(timeline, 20_000), 2);
});

test('a guess does not begin before the known end of the line before it', () => {
  const timeline = createTimeline({ start: [0, 6000, 4000], length: [5000, null, 1000], plusMinus: [0, 4000, 0] });
  assert.equal(lit(timeline, 4999), 0);
  assert.deepEqual(maybe(timeline, 4999), []);
  assert.deepEqual(maybe(timeline, 5000), [1]);
});

test('two voices at once do not keep a guess away', () => {
  // the first line goes on to 20 s, behind the sure start of the second
  const timeline = createTimeline({ start: [0, 5000, 3000, 4000], length: [20_000, 2000, null, 1000], plusMinus: [0, 0, 2000, 0] });
  assert.equal(lit(timeline, 4999), 0);
  assert.equal(lit(timeline, 6999), 1);
  assert.deepEqual(maybe(timeline, 7000), [2]);
  assert.equal(lit(timeline, 12_000), 3);
});

test('two voices at once: the last to begin leads, the other goes on to its end', () => {
  const timeline = createTimeline({ start: [1000, 1000, 1000], length: [5000, 1000, 9000], words: [[0, 4000], [0], null] });
  const both = (t) => [timeline.at(t).line, Array.from(timeline.at(t).also)];
  assert.deepEqual(both(1999), [0, []]);
  assert.deepEqual(both(2000), [1, [0]]);
  assert.deepEqual(both(3000), [2, [0]], 'the second has ended');
  assert.deepEqual(both(6000), [2, []]);
  assert.equal(timeline.at(3500).also, timeline.at(3600).also, 'the same value');
});

test('who was cut into leads again, with the word, when the other has ended', () => {
  const timeline = createTimeline({ start: [0, 2000], length: [9000, 1000], words: [[0, 2500, 4000], [0]] });
  assert.deepEqual(timeline.at(2600), { ...dark, line: 1, word: 0, also: [0] });
  assert.deepEqual(timeline.at(3000), { ...dark, line: 0, word: 1 });
  assert.equal(timeline.next(3000), 6500, 'the next word of the one who goes on');
  assert.equal(timeline.at(6500).word, 2);
});

test('of two that begin together the later leads and the other is lit too', () => {
  assert.deepEqual(createTimeline({ start: [1000, 0], length: [900, 900] }).at(1000), { ...dark, line: 1, also: [0] });
});

test('an end that is only the next start keeps no line open', () => {
  assert.deepEqual(Array.from(createTimeline({ start: [0, 1000, 1000], length: [null, null, null] }).at(2500).also), []);
});

test('in a silence the last line is known as said, before the first none is', () => {
  const timeline = createTimeline({ start: [1000, 3000], length: [1000, 1000] });
  assert.deepEqual(timeline.at(500), dark);
  assert.deepEqual(timeline.at(2000), { ...dark, said: 0 });
  assert.deepEqual(timeline.at(9000), { ...dark, said: 1 });
});

test('the same candidates are the same value, so that nothing is painted twice', () => {
  const timeline = createTimeline({ start: [0, 5000], length: [null, 5000], plusMinus: [1000, 1000] });
  assert.equal(timeline.at(4500).maybe, timeline.at(4600).maybe);
});

function namesEveryChange(timeline) {
  const answer = (t) => JSON.stringify(timeline.at(t));
  let boundary = timeline.next(0);
  for (let t = 1; t < 12_000; t++) {
    if (answer(t) !== answer(t - 1)) assert.equal(boundary, t, `changes at ${t}, but next said ${boundary}`);
    if (t >= boundary) boundary = timeline.next(t);
  }
  assert.equal(timeline.next(1e9), Infinity);
}

test('next names every time at which the answer changes', () => {
  namesEveryChange(createTimeline({
    start: [500, 1500, 2000, 3000, 2000],
    length: [1000, null, null, 1000, null],
    plusMinus: [0, 0, 700, 40_000, 0],
    words: [[0, 300, null, 200], [50, 50], null, null, [0]],
  }));
  namesEveryChange(createTimeline({ // voices over each other, with words
    start: [500, 1000, 500, 4000],
    length: [6000, 2000, 300, 1000],
    words: [[0, 1500, 2500], [0, 900], null, [0]],
  }));
  namesEveryChange(createTimeline({ // guesses between sure starts and ends
    start: [500, 1000, 1500, 2000, 1000, 3000],
    length: [800, null, 1200, 500, null, null],
    plusMinus: [0, 900, 3000, 0, 2500, 0],
  }));
});

test('a transcript without any times lights nothing', () => {
  const timeline = createTimeline({ start: [null, null], length: [null, null], plusMinus: [null, null] });
  assert.deepEqual(timeline.at(1000), dark);
  assert.equal(timeline.next(0), Infinity);
});

test('14,000 lines and 100,000 words answer a look-up at once', () => {
  const n = 14_000;
  const timeline = createTimeline({ start: Array(n).fill(2500), length: Array(n).fill(2400), words: Array(n).fill([0, 300, 300, 300, 300, 300, 300]) });
  assert.equal(lit(timeline, 2500 * 9000 + 10), 8999);
  assert.equal(timeline.next(2500 * 9000 + 10), 2500 * 9000 + 300);
});

test('a guess behind a known line is never lit before that line begins', () => {
  const timeline = createTimeline({ start: [1000, 9000, 2000], length: [1000, null, null], plusMinus: [0, 0, 4000] });
  assert.deepEqual([timeline.at(9999).line, timeline.at(9999).maybe], [-1, []]);
  assert.deepEqual(timeline.at(10_000).maybe, [1, 2]);
});
