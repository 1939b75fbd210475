// How well taps time a text: a made-up interview of twenty minutes whose times
// only the truth knows, tapped by script at evenly spaced lines with a person's
// jitter, on each kind of sound. Prints a table.

import { createReadStream } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open, serve, startBrowser, TOKEN } from '../browser/house.mjs';
import { HOST, standIn } from '../browser/standin.mjs';
import { makeInterview } from './interview.mjs';

const REACTION = 200; // ms, what the page takes off by default
const JITTER = 120; // ms, either way
const LEAD = { file: 2000, url: 2000, soundcloud: 4000 }; // ms that are heard before a tap
const kinds = process.argv.slice(2).length ? process.argv.slice(2) : ['file', 'url', 'soundcloud'];

let seed = 41;
const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;

/** A host for a sound, with ranges. */
async function host(path) {
  const { size } = await stat(path);
  const server = createServer((request, response) => {
    const [from, to] = (/bytes=(\d+)-(\d*)/.exec(request.headers.range ?? '') ?? [0, 0, '']).slice(1).map((n) => (n === '' ? size - 1 : Number(n)));
    response.writeHead(request.headers.range ? 206 : 200, {
      'Content-Type': 'audio/mpeg', 'Accept-Ranges': 'bytes', 'Content-Length': to - from + 1, 'Content-Range': `bytes ${from}-${to}/${size}`,
    });
    createReadStream(path, { start: from, end: to }).on('error', () => response.destroy()).pipe(response);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return { url: `http://127.0.0.1:${server.address().port}/talk.mp3`, host: `127.0.0.1:${server.address().port}`, stop: () => server.close() };
}

/** Where the sound really is: [wall, ms], both in milliseconds. */
const truth = (place) => place.evaluate(() => {
  const audio = window.audio ?? document.querySelector('#audio');
  return [performance.timeOrigin + performance.now(), audio.currentTime * 1000, audio.paused];
});
const wish = (page, name, detail) => page.evaluate(([n, d]) => document.dispatchEvent(new CustomEvent(n, { detail: d })), [name, detail]);

async function until(what) {
  for (let tries = 0; tries < 200; tries++) {
    if (await what()) return;
    await new Promise((later) => setTimeout(later, 50));
  }
  throw new Error('nothing happened');
}

/** @returns by how many ms the machine pressed the key too late */
async function tap(page, place, kind, line, start) {
  await page.locator(`[data-line="${line}"]`).click({ position: { x: 4, y: 8 } });
  await wish(page, 'seek', { ms: Math.max(0, start - LEAD[kind]) });
  await until(async () => Math.abs((await truth(place))[1] - Math.max(0, start - LEAD[kind])) < 1200);
  if ((await truth(place))[2]) await wish(page, 'toggle');
  const [, stood] = await truth(place);
  await until(async () => (await truth(place))[1] > stood + 300); // it has arrived, and runs
  const [wall, at] = await truth(place);
  const due = wall + start + REACTION + JITTER * (2 * random() - 1) - at;
  return page.evaluate((when) => new Promise((done) => setTimeout(() => {
    const late = performance.timeOrigin + performance.now() - when;
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 't', code: 'KeyT', bubbles: true, cancelable: true }));
    done(late);
  }, when - performance.timeOrigin - performance.now())), due);
}

async function run(browser, interview, folder, kind, count) {
  const sound = await readFile(join(folder, 'talk.mp3'));
  const elsewhere = kind === 'url' ? await host(join(folder, 'talk.mp3')) : null;
  const address = { url: elsewhere?.url, soundcloud: 'https://soundcloud.com/somebody/talk' }[kind];
  const site = await serve({ 'talk.txt': interview.text, ...(address ? { 'talk.yaml': `audio: ${address}\n` } : { 'talk.mp3': sound }) });
  const { page, context, close } = await open(browser, `${site.url}/sign-in?token=${encodeURIComponent(TOKEN)}`, { allowed: [HOST, elsewhere?.host] });
  await standIn(context, { sound });
  await page.goto(`${site.url}/e/talk`);
  let place = page;
  if (kind === 'soundcloud') {
    await page.locator('.frame button').click();
    const frame = await (await page.locator('.frame iframe').elementHandle()).contentFrame();
    await until(() => frame.evaluate(() => window.audio?.readyState > 0));
    place = frame;
    await page.waitForTimeout(2500);
    await wish(page, 'toggle');
    await until(async () => !(await truth(place))[2]);
  } else await page.evaluate(() => document.querySelector('#audio').play());
  await page.locator('.time-this').click();
  await page.locator('.timing:not([hidden])').waitFor();
  const texts = await page.locator('[data-line]').allTextContents();
  const startOf = (text) => interview.lines.find((line) => text.replace(/^\[.*?\]\s*/, '').trim().startsWith(line.text)).start; // a line may hold two sentences
  const tapped = Array.from({ length: count }, (_, k) => Math.round((k * (texts.length - 1)) / (count - 1)));
  let late = 0;
  for (const line of tapped) late = Math.max(late, await tap(page, place, kind, line, startOf(texts[line])));
  await page.waitForTimeout(1500);
  const { segments } = await (await fetch(`${site.url}/api/episodes/talk/transcript`)).json();
  const error = (i) => Math.abs((segments[i].startMs ?? Infinity) - startOf(segments[i].text));
  const share = (list, most) => `${((100 * list.filter((i) => error(i) <= most).length) / list.length).toFixed(1)} %`;
  const all = segments.map((_, i) => i);
  const guessed = all.filter((i) => segments[i].timing === 'estimated');
  const inside = guessed.filter((i) => error(i) <= segments[i].plusMinusMs);
  console.log(`| ${kind} | ${count} | ${segments.length} | ${share(all, 1000)} | ${share(all, 3000)} | ${share(tapped, 150)} | ${Math.max(...tapped.map(error))} ms | ${Math.round(late)} ms | ${((100 * inside.length) / guessed.length).toFixed(0)} % |`);
  await close();
  await site.stop();
  elsewhere?.stop();
}

const folder = await mkdtemp(join(tmpdir(), 'hearsay-taps-'));
const interview = await makeInterview(folder);
const browser = await startBrowser();
console.log(`${interview.lines.length} lines, ${(interview.duration / 60_000).toFixed(1)} min\n`);
console.log('| sound | taps | lines | within 1 s | within 3 s | tapped within 150 ms | worst tap | key late by | inside ± |\n|---|---|---|---|---|---|---|---|---|');
for (const kind of kinds) for (const count of [10, 40]) await run(browser, interview, folder, kind, count);
await browser.close();
await rm(folder, { recursive: true });
