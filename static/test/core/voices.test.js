// Who is heard and who is passed over, and the picture of who speaks when.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { lanes } from '../../js/core/lanes.js';
import { backTo, nextTurn, straight, turnAt } from '../../js/core/route.js';
import { createTimeline } from '../../js/core/timeline.js';
import { turnFrom } from '../../js/core/turns.js';
import { otherName, shares, skipsOver, stillPassed, sureShare, toldVoices } from '../../js/core/voices.js';

/** Lines as [speaker, start, end, ±]: null is unknown, a ± of null no time at all. */
function text(...lines) {
  let last = 0;
  const start = lines.map(([, from]) => {
    if (from === null) return null;
    const delta = from - last;
    last = from;
    return delta;
  });
  const length = lines.map(([, from, to]) => (to === null || from === null ? null : to - from));
  const plusMinus = lines.map(([, , , guess = 0]) => guess);
  return { timeline: createTimeline({ start, length, plusMinus }), of: lines.map(([voice]) => voice) };
}
const over = ({ timeline, of }, ...passed) => skipsOver(timeline, of, new Set(passed));

describe('whom one hears', () => {
  const plain = text([0, 1000, 4000], [1, 5000, 9000], [1, 9500, 12_000], [0, 13_000, 15_000], [1, 16_000, 20_000]);

  test('from the end of the last line to be heard to the start of the next one', () => {
    assert.deepEqual(over(plain, 1), [{ from: 4000, to: 13_000 }, { from: 15_000, to: Infinity }]);
    assert.deepEqual(over(plain, 0), [{ from: 0, to: 5000 }, { from: 12_000, to: 16_000 }]);
    assert.deepEqual(over(plain), []);
  });

  test('where an end is unknown it is the next start', () => {
    assert.deepEqual(over(text([0, 0, null], [1, 5000, null], [0, 9000, null]), 1), [{ from: 5000, to: 9000 }]);
  });

  test('less than a second is not worth a jump', () => {
    const quick = text([0, 0, 4000], [1, 4100, 4700], [0, 4999, 8000], [1, 8000, 8900], [0, 9000, 9500]);
    assert.deepEqual(over(quick, 1), [{ from: 8000, to: 9000 }]);
  });

  test('whoever is to be heard is heard to the end, also over another', () => {
    assert.deepEqual(over(text([0, 0, 6000], [1, 2000, 9000], [1, 9000, 10_000], [0, 11_000, 12_000]), 1), [{ from: 6000, to: 11_000 }]);
    assert.deepEqual(over(text([0, 0, 6000], [1, 2000, 3000], [0, 5000, 7000]), 1), [], 'said while the other went on');
  });

  test('a guess is heard, whoever is thought to say it, and so is what may be part of it', () => {
    const guess = text([1, 0, null], [1, 10_000, null, 3000], [1, 20_000, null], [0, 30_000, null]);
    assert.deepEqual(over(guess, 1), [{ from: 0, to: 7000 }, { from: 20_000, to: 30_000 }]);
  });

  test('a line without a time may be anywhere up to the next one that has one', () => {
    const lost = text([1, 0, null], [1, 10_000, null], [0, null, null, null], [1, 30_000, null], [0, 40_000, null]);
    assert.deepEqual(over(lost, 1), [{ from: 0, to: 10_000 }, { from: 30_000, to: 40_000 }]);
  });

  test('a line of nobody known is heard', () => {
    assert.deepEqual(over(text([0, 0, 2000], [-1, 2000, 6000], [1, 6000, 9000], [0, 9000, 10_000]), 0, 1), [{ from: 0, to: 2000 }, { from: 6000, to: Infinity }]);
  });

  test('stretches come in order, apart from each other', () => {
    const many = text(...Array.from({ length: 400 }, (_, i) => [(i * 7) % 3, i * 2000, i * 2000 + 500 + ((i * 791) % 2500)]));
    const skips = over(many, 1, 2);
    assert.ok(skips.length > 50);
    skips.forEach(({ from, to }, i) => {
      assert.ok(from < to && (i === 0 || skips[i - 1].to < from));
      const heard = many.of.findIndex((voice, line) => voice === 0 && many.timeline.start(line) < to && many.timeline.end(line) > from);
      assert.equal(heard, -1, 'a line to be heard is cut');
    });
  });
});

describe('how long each speaks', () => {
  test('what is sure is counted, and whether that is all', () => {
    const { timeline, of } = text([0, 0, 4000], [1, 5000, null], [0, 9000, null], [0, 12_000, null, 2000], [1, 20_000, 21_000], [-1, 21_000, 29_000], [0, 30_000, null]);
    assert.deepEqual(shares(timeline, { names: ['Ann', 'Ben'], of }), [
      { ms: 4000 + 1000, all: false }, // the third line ends at 10,000 at the earliest
      { ms: 4000 + 1000, all: true },
    ]);
  });
});

describe('what the server says anew', () => {
  const shown = { names: ['Ann', 'Ben', 'Cleo'], hues: ['1', '2', '3'], of: [0, 0, 1, 1, 2, -1] };
  const told = (names, ...voices) => ({ speakers: names.map((name) => ({ name })), voices });

  test('what is so already is no change', () => {
    const same = toldVoices(told(['Ann', 'Ben', 'Cleo'], [2, 0], [2, 1], [1, 2], [1, -1]), shown);
    assert.deepEqual(same, shown);
    assert.equal(otherName(shown, same), null);
  });

  test('who is only called another name keeps the place, and whoever is new gets one', () => {
    const after = toldVoices(told(['Ann', 'Ben Okafor', 'Dora'], [2, 0], [2, 1], [1, 2], [1, -1]), shown);
    assert.deepEqual(after, { names: ['Ann', 'Ben Okafor', 'Dora'], hues: ['1', '2', '3'], of: shown.of });
    assert.deepEqual(otherName(shown, after), { from: 'Ben', to: 'Ben Okafor' });
    const more = toldVoices(told(['Ann', 'Ben', 'Cleo', 'Dora'], [2, 0], [1, 1], [1, 3], [1, 2], [1, -1]), shown);
    assert.deepEqual(more, { names: ['Ann', 'Ben', 'Cleo', 'Dora'], hues: ['1', '2', '3', '4'], of: [0, 0, 1, 3, 2, -1] });
  });

  test('two that became one are two again once that is undone', () => {
    const one = toldVoices(told(['Ann', 'Cleo'], [4, 0], [1, 1], [1, -1]), shown);
    assert.deepEqual(one.of, [0, 0, 0, 0, 2, -1]);
    assert.equal(one.hues[2], '2', 'in the colour that a reload shows');
    assert.deepEqual(toldVoices(told(['Ann', 'Ben', 'Cleo'], [2, 0], [2, 1], [1, 2], [1, -1]), one), shown);
    assert.deepEqual(stillPassed(new Set([1, 2]), shown, one), new Set([2]), 'whoever has a line that was heard is heard');
  });

  test('how much of a text is sure', () => {
    assert.equal(sureShare(text([0, 0, 1000], [0, 1000, null, 500], [0, null, null, null], [0, 9000, null]).timeline), 0.5);
  });
});

describe('the way through', () => {
  const route = { ...straight, skips: [{ from: 10_000, to: 20_000 }, { from: 30_000, to: Infinity }] };

  test('what is passed over is jumped, and the end of all stops', () => {
    assert.equal(turnAt(route, 9999), null);
    assert.deepEqual(turnAt(route, 10_000), { to: 20_000 });
    assert.equal(turnAt(route, 20_000), null);
    assert.deepEqual(turnAt(route, 31_000), { stop: true });
    assert.equal(nextTurn(route, 0), 10_000);
  });

  test('a loop stays a loop: it never ends outside, and one of nothing else is heard', () => {
    assert.deepEqual(turnAt({ ...route, loop: { from: 5000, to: 25_000 } }, 12_000), { to: 20_000 });
    assert.deepEqual(turnAt({ ...route, loop: { from: 5000, to: 15_000 } }, 12_000), { to: 5000 });
    assert.deepEqual(turnAt({ ...route, loop: { from: 25_000, to: 40_000 } }, 30_000), { to: 25_000 });
    assert.equal(turnAt({ ...route, loop: { from: 12_000, to: 15_000 } }, 13_000), null);
  });

  test('a linked passage ends where it ends', () => {
    assert.deepEqual(turnAt({ ...route, until: 8000 }, 8000), { stop: true });
    assert.deepEqual(turnAt({ ...route, until: 15_000 }, 15_000), { stop: true });
  });

  test('going back does not count what is passed over', () => {
    assert.equal(backTo(route, 25_000), 25_000);
    assert.equal(backTo(route, 18_000), 8000);
    assert.equal(backTo({ skips: [{ from: 1000, to: 9000 }, { from: 10_000, to: 20_000 }] }, 18_000), 0);
    assert.equal(backTo(route, 31_000), 31_000);
  });

  test('from turn to turn, like from song to song', () => {
    const starts = [1000, 5000, 12_000, 21_000, 26_000];
    assert.equal(turnFrom(straight, starts, 6000, 1), 12_000);
    assert.equal(turnFrom(straight, starts, 5000, 1), 12_000);
    assert.equal(turnFrom(straight, starts, 8000, -1), 5000);
    assert.equal(turnFrom(straight, starts, 6999, -1), 1000, 'hardly begun: the one before');
    assert.equal(turnFrom(straight, starts, 1500, -1), 1000);
    assert.equal(turnFrom(straight, starts, 500, -1), undefined);
    assert.equal(turnFrom(straight, starts, 26_000, 1), undefined);
    assert.equal(turnFrom(route, starts, 6000, 1), 21_000, 'past those who are not heard');
    assert.equal(turnFrom(route, starts, 21_500, -1), 5000);
  });
});

describe('the picture', () => {
  const place = (ms) => Math.min(100, Math.round(ms / 1000));

  test('each speaker has bars of their own; close ones are one', () => {
    const { timeline, of } = text([0, 0, 10_000], [0, 11_000, 20_000], [1, 18_000, 30_000], [0, 40_000, 40_100], [-1, 50_000, null]);
    assert.deepEqual(lanes(timeline, of, place, 2), [
      { voice: -1, guess: false, bars: [50, 100] },
      { voice: 0, guess: false, bars: [0, 20, 40, 41] },
      { voice: 1, guess: false, bars: [18, 30] },
    ]);
  });

  test('what is a guess is told apart, and what has no time has no bar', () => {
    const { timeline, of } = text([0, 0, 10_000], [0, 10_000, null, 5000], [1, null, null, null]);
    assert.deepEqual(lanes(timeline, of, place, 2), [{ voice: 0, guess: false, bars: [0, 10] }, { voice: 0, guess: true, bars: [10, 100] }]);
  });

  test('of fourteen thousand lines there are no more bars than can be seen', () => {
    const { timeline, of } = text(...Array.from({ length: 14_000 }, (_, i) => [i % 3, i * 2500, i * 2500 + 2400]));
    const found = lanes(timeline, of, (ms) => Math.min(2000, Math.round((ms / 35_000_000) * 2000)), 4);
    assert.ok(found.every(({ bars }) => bars.length <= 1000));
  });
});
