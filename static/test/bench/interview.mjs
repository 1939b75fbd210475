// A made-up interview with exact times: ten turns, one mark inside the speech,
// spoken by two voices of espeak-ng. Nobody knows the times but the truth that
// is returned.

import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const subjects = ['The harbour master', 'My grandmother', 'A boy from the next village', 'The man who sold the ropes', 'Nobody in the town', 'The old captain, who had lost his ship,', 'She', 'He', 'The council', 'Whoever kept the light'];
const verbs = ['wrote down', 'forgot', 'told the children', 'never believed', 'asked about', 'kept a list of', 'sold', 'remembered', 'spoke for an hour about', 'would not hear of'];
const objects = ['the winter of the long ice', 'every boat that came in after dark', 'what the storm of 1953 had taken', 'the price of herring', 'a lamp that burned for 40 days', 'the names on the wall', 'how the bell was cast, and by whom', 'it'];
const ends = ['', '', ', and that was all', ' until the day the bridge was opened', ', which surprised us', ' because there was no other way to learn it', '; you can still read it in the book at the museum, if they let you in', ' twice'];
const asides = ['Yes.', 'Well, no.', 'Is that so?', 'I think so, yes.', 'Why?', 'That is the question.'];

const random = (seed) => () => ((seed = (seed * 48271) % 2147483647) / 2147483647);

function write(count, next) {
  const pick = (list) => list[Math.floor(next() * list.length)];
  const seen = new Set(asides);
  const lines = [];
  while (lines.length < count) {
    const line = next() < 0.12 ? `${pick(asides).slice(0, -1)}, ${lines.length + 1} times over.` : `${pick(subjects)} ${pick(verbs)} ${pick(objects)}${pick(ends)}.`;
    if (!seen.has(line)) lines.push(line);
    seen.add(line);
  }
  return lines;
}

/** PCM of a sentence, 16 bit mono at 22,050 Hz. */
function speak(text, voice) {
  const wav = execFileSync('espeak-ng', ['--stdout', ...voice, text], { maxBuffer: 1 << 26 });
  return wav.subarray(wav.indexOf('data') + 8);
}

const RATE = 22050;
const silence = (ms) => Buffer.alloc(2 * Math.round((RATE * ms) / 1000));

/**
 * Makes talk.mp3 in a folder.
 * @returns {{text: string, lines: {text: string, start: number}[], duration: number}} times in ms
 */
export async function makeInterview(folder, { count = 230, turns = 10, seed = 5 } = {}) {
  const next = random(seed);
  const voices = [['-v', 'en-gb', '-s', '160'], ['-v', 'en-us+f3', '-s', '175']];
  const texts = write(count, next);
  const lines = [];
  const sound = [silence(2500)];
  let samples = sound[0].length / 2;
  const turnOf = (i) => Math.floor((i * turns) / count);
  for (const [i, text] of texts.entries()) {
    lines.push({ text, start: Math.round((samples * 1000) / RATE), turn: turnOf(i) });
    const rest = turnOf(i + 1) !== turnOf(i) ? 700 + next() * 900 : 200 + next() * 500;
    for (const piece of [speak(text, voices[turnOf(i) % 2]), silence(rest)]) {
      sound.push(piece);
      samples += piece.length / 2;
    }
  }
  const raw = join(folder, 'talk.raw');
  await writeFile(raw, Buffer.concat(sound));
  execFileSync('ffmpeg', ['-v', 'error', '-y', '-f', 's16le', '-ar', String(RATE), '-ac', '1', '-i', raw, '-b:a', '40k', join(folder, 'talk.mp3')]);
  return { lines, text: prose(lines), duration: (samples * 1000) / RATE };
}

/** The interview as people publish it: names, paragraphs, one mark where two spoke at once. */
function prose(lines) {
  const names = ['Ann Archer', 'Ben Boyle'];
  const marked = Math.floor(lines.length / 10) + 3;
  const clock = (ms) => new Date(ms).toISOString().slice(11, 19);
  let out = '';
  lines.forEach(({ text, start, turn }, i) => {
    if (i === 0 || lines[i - 1].turn !== turn) out += `${out && '\n\n'}${names[turn % 2]} : `;
    else out += ' ';
    out += i === marked ? `[crosstalk ${clock(start)}] ${text}` : text;
  });
  return `${out}\n`;
}
