import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTimeline } from '../../js/core/timeline.js';
import { gapBefore, isTakenBack, lineAfterUndo, readReaction, replay, spokenFrom, standing, sureUpTo, tapTime, whereToGoOn, withoutRefused } from '../../js/core/timing.js';

const tap = { now: 10_000, rate: 1, playing: true, reaction: 200, late: 15 };

test('a tap is meant for when the voice began, not for when the finger came down', () => {
  assert.equal(tapTime(tap), 9785);
  assert.equal(tapTime({ ...tap, rate: 0.75 }), 9839, 'slowed, the voice goes less far meanwhile');
  assert.equal(tapTime({ ...tap, rate: 2 }), 9570);
  assert.equal(tapTime({ ...tap, playing: false }), 10_000, 'while it stands still nothing is taken off');
  assert.equal(tapTime({ ...tap, delay: 300, rate: 2 }), 8970, 'what is heard is behind the clock');
  assert.equal(tapTime({ ...tap, delay: 300, playing: false }), 10_000);
  assert.equal(tapTime({ ...tap, now: 100 }), 0);
  assert.equal(tapTime({ ...tap, late: 1e9 }), 9800, 'an event with a clock of its own');
  assert.equal(tapTime({ ...tap, late: -3 }), 9800);
});

test('a reaction time is held to what a person can mean', () => {
  assert.deepEqual(['350', '0', '', null, 'quick', '-5', '4000', 120.4].map(readReaction), [350, 0, 200, 200, 200, 0, 1000, 120]);
});

// Five lines: known at 1 s, guessed at 3 s and 5 s, known at 8 s, nothing known.
const times = { start: [1000, 2000, 2000, 3000, null], length: [null, null, null, null, null], plusMinus: [0, 700, 900, 0, null] };
const reading = { segments: ['a', 'b', 'c', 'd', 'e'], set: [0, 3], ends: [], unspoken: [] };
const timeline = createTimeline(times);
const line = (segment, change) => ({ kind: 'line', segment, change });
const stand = (waiting = [], more = {}) => standing({ ...reading, ...more }, timeline, waiting);

test('what waits for the server shows already', () => {
  const before = stand();
  assert.deepEqual([before.sure(0), before.sure(1), before.sure(4)], [true, false, false]);
  const after = stand([line('b', { startMs: 3100 }), line('c', { unspoken: true }), line('d', { endMs: 9000 })]);
  assert.deepEqual([after.start(1), after.plusMinus(1), after.sure(1), after.set.has(1)], [3100, 0, true, true]);
  assert.ok(after.unspoken.has(2));
  assert.equal(after.ends.get(3), 9000);
  assert.equal(after.start(3), 8000);
});

test('a guess stays between the known starts around it, those on their way too', () => {
  const starts = (...waiting) => [0, 1, 2, 3, 4].map(stand(waiting).start);
  assert.deepEqual(starts(line('b', { startMs: 6000 })), [1000, 6000, 6000, 8000, -1]);
  assert.deepEqual(starts(line('d', { startMs: 4000 })), [1000, 3000, 4000, 4000, -1]);
  assert.deepEqual(starts(line('d', { startMs: 2000 })), [1000, 2000, 2000, 2000, -1]);
  assert.deepEqual(starts(line('b', { startMs: 6000 }), { kind: 'undo' }), [1000, 3000, 5000, 8000, -1]);
  assert.equal(stand([line('b', { startMs: 6000 })]).plusMinus(2), 900, 'it is a guess all the same');
});

test('what only the server knows is not said to be undone here', () => {
  const meant = (...waiting) => replay(waiting).meant.map((wish) => wish?.segment);
  const [undo, redo] = [{ kind: 'undo' }, { kind: 'redo' }];
  const tapped = line('b', { startMs: 3100 });
  assert.deepEqual(meant(tapped, undo, redo), ['b', 'b', 'b']);
  assert.deepEqual(meant(tapped, undo, undo), ['b', 'b', undefined]);
  assert.deepEqual(meant(undo, redo, tapped, undo), [undefined, undefined, 'b', 'b']);
});

test('undoing on the way takes back what has not arrived yet', () => {
  const taps = [line('b', { startMs: 3100 }), line('c', { startMs: 5100 })];
  const undone = stand([...taps, { kind: 'undo' }]);
  assert.deepEqual([undone.start(1), undone.start(2), undone.plusMinus(2)], [3100, 5000, 900]);
  assert.equal(stand([...taps, { kind: 'undo' }, { kind: 'redo' }]).start(2), 5100);
  assert.equal(stand([...taps, { kind: 'undo' }, line('e', { startMs: 9000 }), { kind: 'redo' }]).start(2), 5000);
  assert.equal(stand([...taps.slice(1), { kind: 'undo' }, { kind: 'undo' }, { kind: 'redo' }]).start(2), 5000, 'an older one is redone');
  assert.equal(stand([{ kind: 'undo' }]).start(0), 1000, 'what the server knows stays until it has answered');
});

test('what is refused takes along the undoing and redoing that was meant for it', () => {
  /** Wishes as letters: capitals change a line, u undoes, r redoes; each named by its place. */
  const queue = (letters) => Array.from(letters, (letter, i) => ({ kind: { u: 'undo', r: 'redo' }[letter] ?? 'line', nonce: String(i) }));
  const rest = (letters, refused = 0) => {
    const left = new Set(withoutRefused(queue(letters), String(refused)).map(({ nonce }) => nonce));
    return Array.from(letters, (letter, i) => (left.has(String(i)) ? letter : '-')).join('');
  };
  assert.equal(rest('AB'), '-B');
  assert.equal(rest('Au'), '--');
  assert.equal(rest('Auu'), '--u', 'the second is for what the server has');
  assert.equal(rest('Aur'), '---');
  assert.equal(rest('Auurr'), '--ur-');
  assert.equal(rest('Ar'), '--', 'there was nothing to redo behind it');
  assert.equal(rest('ABu'), '-Bu');
  assert.equal(rest('ABuu'), '-Bu-');
  assert.equal(rest('ABuurr'), '-Bu--r');
  assert.equal(rest('AuBur'), '--Bur');
  assert.equal(rest('uA'), '-A', 'an undoing that is refused takes nothing along');
  assert.equal(rest('Au', 7), 'Au', 'it was dropped elsewhere already');
  const taken = (letters) => isTakenBack(queue(letters), { kind: 'line', nonce: '0' });
  assert.deepEqual(['A', 'Au', 'Aur', 'AuB', 'ABu'].map(taken), [false, true, false, true, false]);
  assert.ok(!isTakenBack(queue('u'), { kind: 'undo', nonce: '0' }));
  assert.ok(!isTakenBack([], { kind: 'line', nonce: '0' }));
});

test('a wish for a line that the text has no more changes nothing here', () => {
  const after = stand([line('gone', { startMs: 1 })]);
  assert.deepEqual([0, 1, 2, 3, 4].map(after.start), [1000, 3000, 5000, 8000, -1]);
});

test('the next line is the next that is spoken', () => {
  const stands = stand([], { unspoken: [1, 2] });
  assert.equal(spokenFrom(stands, 0), 3);
  assert.equal(spokenFrom(stands, 3, -1), 0);
  assert.equal(spokenFrom(stands, 4), -1);
  assert.equal(spokenFrom(stands, 0, -1), -1);
  assert.equal(sureUpTo(stands, 2), 0);
  assert.equal(sureUpTo(stands, -1), 3, 'behind the last line: the last that is known');
});

test('it goes on with the first line that is not known, behind what has been heard', () => {
  assert.deepEqual([0, 1000, 4000, 8000].map((now) => whereToGoOn(stand(), now)), [1, 1, 1, 4]);
  const all = stand([line('b', { startMs: 3100 }), line('c', { startMs: 5100 }), line('e', { startMs: 9000 })]);
  assert.deepEqual([0, 4000, 9000].map((now) => whereToGoOn(all, now)), [0, 2, -1], 'all is known: the next to be heard');
});

test('what is not in the text lasts until the next line begins', () => {
  const waiting = [line('d', { endMs: 9000 })];
  assert.equal(gapBefore(stand(waiting), 4), 9000);
  assert.equal(gapBefore(stand(waiting), -1), null, 'another line comes between');
  assert.equal(gapBefore(stand([...waiting, line('e', { startMs: 12_000 })]), 4), null);
  assert.equal(gapBefore(stand([...waiting, line('d', { endMs: null })]), 4), null);
  assert.equal(gapBefore(stand([line('e', { endMs: 9000 })]), -1), 9000);
});

test('undoing goes back to the line, redoing on behind it', () => {
  const without = stand([], { set: [0] });
  assert.equal(lineAfterUndo(stand(), without), 3);
  assert.equal(lineAfterUndo(without, stand()), 4);
  assert.equal(lineAfterUndo(stand(), stand()), null);
});
