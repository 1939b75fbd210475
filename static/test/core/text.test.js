import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clock, parseClock } from '../../js/core/clock.js';
import { findLines, fold } from '../../js/core/find.js';
import { readLink } from '../../js/core/link.js';
import { endOf, startOf, textBetween, writeLink, writeQuote } from '../../js/core/passage.js';
import { wordAtOffset, wordOffsets, wordSpan } from '../../js/core/place.js';
import { createStore } from '../../js/core/store.js';
import { createTimeline } from '../../js/core/timeline.js';
import { speaker } from '../../js/core/words.js';

test('the clock, both ways', () => {
  assert.equal(clock(131_999), '00:02:11');
  assert.equal(clock(36_000_000), '10:00:00');
  assert.equal(clock(-1), '');
  assert.equal(parseClock('131.25'), 131_250);
  assert.equal(parseClock('2:11'), 131_000);
  assert.equal(parseClock('01:02:11.5'), 3_731_500);
  for (const bad of ['', 'x', '-3', '1:2:3:4', '1e3', 'Infinity']) assert.equal(parseClock(bad), null, bad);
});

test('links name a place or a passage; nonsense names nothing', () => {
  assert.deepEqual(readLink('?t=131'), { from: 131_000, to: null });
  assert.deepEqual(readLink('?t=131.2,140.5'), { from: 131_200, to: 140_500 });
  assert.deepEqual(readLink('?t=140,131'), { from: 140_000, to: null });
  assert.equal(readLink('?t=javascript:1'), null);
  assert.equal(readLink(''), null);
});

test('a link is read as it was written, to the millisecond', () => {
  const link = writeLink('http://a/e/x', { from: 131_207, to: 140_051, text: '' });
  assert.equal(link, 'http://a/e/x?t=131.207,140.051');
  assert.deepEqual(readLink(new URL(link).search), { from: 131_207, to: 140_051 });
  assert.equal(writeLink('/e/x', { from: -1, to: -1, text: ' two-fold, yes ' }), '/e/x#:~:text=two%2Dfold%2C%20yes');
});

test('a passage by words: from the first one’s start to the next one’s', () => {
  const text = 'Nobody asked for it.';
  const timeline = createTimeline({ start: [1000, 2000], length: [1500, 900], words: [[0, 400, 300, 200], null] });
  assert.equal(startOf(timeline, { line: 0, offset: 7, text }), 1400);
  assert.equal(endOf(timeline, { line: 0, offset: 12, text }), 1700);
  assert.equal(endOf(timeline, { line: 0, offset: text.length, text }), 2500);
  assert.deepEqual(textBetween(timeline, { from: 1400, to: 1700 }, () => text), { from: { line: 0, offset: 7 }, to: { line: 0, offset: 12 } });
  assert.deepEqual(textBetween(timeline, { from: 1400, to: null }, () => text).to, { line: 0, offset: Infinity });
  assert.equal(textBetween(timeline, { from: 10, to: null }, () => text), null);
});

test('a quote carries who, where and when, and names each of several', () => {
  const about = { title: 'Ships', from: 131_000, guess: false, link: 'L' };
  assert.equal(writeQuote([{ speaker: 'Ivo', text: 'No ships.' }], about), '“No ships.”\n— Ivo, Ships, 00:02:11\nL');
  assert.equal(writeQuote([{ speaker: 'A', text: 'x' }, { speaker: 'B', text: 'y' }], { ...about, guess: true }), 'A: “x”\nB: “y”\n— Ships, ≈ 00:02:11\nL');
});

test('words of a text: by white space, or as the server says', () => {
  assert.deepEqual(wordOffsets('one  two\nthree'), [0, 5, 9]);
  assert.deepEqual(wordOffsets('日本語', [0, 2]), [0, 2]);
  assert.deepEqual(wordSpan('one  two', [0, 5], 0), [0, 3]);
  assert.deepEqual(wordSpan('one  two', [0, 5], 1), [5, 8]);
  assert.equal(wordAtOffset([0, 5], 4), 0);
  assert.equal(wordAtOffset([2, 5], 1), -1);
});

test('finding is blind to case and accents and marks the right place', () => {
  const lines = ['L’œuvre d’Élise', 'cafe\u0301 noir', '𝄞 Café', 'nothing'].map(fold);
  assert.deepEqual(findLines(lines, 'elise'), [{ line: 0, from: 10, to: 15 }]);
  assert.deepEqual(findLines(lines, "l'oeuv"), [{ line: 0, from: 0, to: 5 }]);
  assert.deepEqual(findLines(lines, 'CAFÉ').map(({ line }) => line), [1, 2]);
  assert.deepEqual(findLines(lines, 'é n'), [{ line: 1, from: 3, to: 7 }]);
  assert.deepEqual(findLines(lines, '  '), []);
});

test('the store tells of what differs, with everything already in place', () => {
  const store = createStore({ a: 1, b: 2 });
  const heard = [];
  store.on('a', (value) => heard.push(['a', value, store.get('b')]));
  store.on('b', (value) => heard.push(['b', value]));
  store.set({ a: 3, b: 2 });
  store.set({ a: 3 });
  assert.deepEqual(heard, [['a', 3, 2]]);
});

test('interface words fill their gaps; a missing one shows its key', () => {
  const t = speaker({ 'find.at': '{0} lines, at {1}' });
  assert.equal(t('find.at', 12, 3), '12 lines, at 3');
  assert.equal(t('gone'), 'gone');
});
