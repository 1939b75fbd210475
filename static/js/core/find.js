// Finding words in lines, blind to case and accents.

const plain = /^[\x00-\x7f]*$/;
const marks = /\p{M}/gu;
const twins = { 'œ': 'oe', 'æ': 'ae', 'ß': 'ss', 'ø': 'o', 'ł': 'l', 'đ': 'd', '’': "'", '‘': "'", '“': '"', '”': '"', '\u00a0': ' ', '\u202f': ' ' };
const folded = new Map(); // a character → what it is compared as

function foldCharacter(character) {
  let known = folded.get(character);
  if (known === undefined) {
    const low = character.toLowerCase().normalize('NFD').replace(marks, '');
    folded.set(character, (known = twins[low] ?? low));
  }
  return known;
}

/**
 * @param {string} text
 * @returns {{text: string, places: number[]|null}} the text to compare with, and
 *   for each of its units the offset it came from; null where they are the same
 */
export function fold(text) {
  if (plain.test(text)) return { text: text.toLowerCase(), places: null };
  let out = '';
  const places = [];
  let same = true;
  let offset = 0;
  for (const character of text) {
    const low = foldCharacter(character);
    for (let n = 0; n < low.length; n++) places.push(offset);
    out += low;
    same &&= low.length === character.length;
    offset += character.length;
  }
  places.push(text.length);
  return { text: out, places: same ? null : places };
}

/**
 * The lines that hold a query, in order, each with its first match.
 * @param {{text: string, places: number[]|null}[]} lines folded
 * @returns {{line: number, from: number, to: number}[]}
 */
export function findLines(lines, query) {
  const wanted = fold(query.trim()).text.replace(/\s+/g, ' ');
  const hits = [];
  if (!wanted) return hits;
  lines.forEach(({ text, places }, line) => {
    const at = text.indexOf(wanted);
    if (at < 0) return;
    const to = at + wanted.length;
    hits.push(places ? { line, from: places[at], to: places[to] } : { line, from: at, to });
  });
  return hits;
}
