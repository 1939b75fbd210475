// A passage is a stretch of text with its stretch of time.

import { clock } from './clock.js';
import { wordAtOffset, wordOffsets, wordSpan } from './place.js';

const seconds = (ms) => String(ms / 1000);

/**
 * The address that opens a passage. Without times it finds the text itself.
 * @param {string} page address without query
 * @param {{from: number, to: number, text: string}} passage
 */
export function writeLink(page, { from, to, text }) {
  if (from < 0) return `${page}#:~:text=${encodeURIComponent(text.trim().slice(0, 120)).replaceAll('-', '%2D')}`;
  return `${page}?t=${seconds(from)}${to > from && to < Infinity ? `,${seconds(to)}` : ''}`;
}

/** Time of a place in a line: of its word where that is known, else of the line. */
export function startOf(timeline, { line, offset, text }) {
  const words = timeline.words(line);
  const ms = words?.[Math.max(0, wordAtOffset(wordOffsets(text, timeline.offsets(line)), offset))] ?? -1;
  return ms < 0 ? timeline.start(line) : ms;
}

/** When what stands before a place has been said. */
export function endOf(timeline, { line, offset, text }) {
  const offsets = wordOffsets(text, timeline.offsets(line));
  const last = wordAtOffset(offsets, Math.max(0, offset - 1));
  const next = timeline.words(line)?.slice(last + 1).find((ms) => ms >= 0);
  return next ?? timeline.end(line);
}

/**
 * A quotation to paste: what was said, who said it, where and when.
 * @param {{speaker: string, text: string}[]} turns
 */
export function writeQuote(turns, { title, from, guess, link }) {
  const several = turns.length > 1;
  const said = turns.map((turn) => `${several && turn.speaker ? `${turn.speaker}: ` : ''}“${turn.text}”`).join('\n');
  const when = from >= 0 ? `${guess ? '≈ ' : ''}${clock(from)}` : '';
  const source = [several ? '' : turns[0]?.speaker, title, when].filter(Boolean).join(', ');
  return `${said}\n— ${source}\n${link}`;
}

/**
 * The text that is spoken in a stretch of time: words where their times are
 * known, whole lines where not. Without an end it is one line.
 * @param {(line: number) => string} textOf
 * @returns {{from: {line: number, offset: number}, to: {line: number, offset: number}}|null}
 */
export function textBetween(timeline, { from, to }, textOf) {
  const first = timeline.begun(from);
  if (first < 0) return null;
  const last = to === null ? first : Math.max(first, timeline.begun(to - 1));
  return {
    from: { line: first, offset: to === null ? 0 : wordSpanAt(timeline, first, from, textOf(first))[0] },
    to: { line: last, offset: to === null ? Infinity : wordSpanAt(timeline, last, to - 1, textOf(last))[1] },
  };
}

function wordSpanAt(timeline, line, ms, text) {
  const word = timeline.words(line)?.findLastIndex((start) => start >= 0 && start <= ms) ?? -1;
  return word < 0 ? [0, text.length] : wordSpan(text, wordOffsets(text, timeline.offsets(line)), word);
}
