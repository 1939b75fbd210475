// What every browser test needs: the real server on a shelf of its own, a real
// browser, and the truth about the demo from its own file.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const repository = fileURLToPath(new URL('../../../', import.meta.url));
const binary = process.env.HEARSAY_BIN ?? join(repository, 'bin/hearsay');
const demo = join(repository, 'transcripts/demo');
export const TOKEN = 'a token only this test knows';

/**
 * Starts the server on a free port. It can be halted, and started again with
 * what it had.
 * @param {Record<string, string|Uint8Array>} files what lies on its shelf; empty shows the demo
 * @param {{refused?: number}} [options] how many of them make no episode
 */
export async function serve(files = {}, { refused = 0 } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'hearsay-test-'));
  const shelf = join(folder, 'transcripts');
  await mkdir(shelf);
  const put = async (name, text) => {
    await mkdir(dirname(join(shelf, name)), { recursive: true });
    await writeFile(join(shelf, name), text);
  };
  const hourAgo = Date.now() / 1000 - 3600;
  for (const [name, text] of Object.entries(files)) {
    await put(name, text);
    await utimes(join(shelf, name), hourAgo, hourAgo); // what has lain there for a while is taken in at once
  }
  const names = Object.keys(files).length ? Object.keys(files) : (await readdir(demo, { recursive: true })).filter((name) => name.endsWith('.mp3'));
  const expected = new Set(names.map((name) => name.replace(/(\.[a-z]{2})?\.\w+$/, ''))).size - refused; // they come one by one
  const house = { url: '' };
  let server;

  house.start = async () => {
    const address = house.url ? new URL(house.url).host : '127.0.0.1:0';
    const env = { ...process.env, HEARSAY_ADDR: address, HEARSAY_TRANSCRIPTS: shelf, HEARSAY_DATA: join(folder, 'data'), HEARSAY_TOKEN: TOKEN };
    server = spawn(binary, ['serve'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = [];
    server.stderr.on('data', (text) => said.push(text));
    house.url = await new Promise((found, fail) => {
      server.stdout.on('data', (text) => {
        const printed = /http:\/\/[\d.]+:\d+/.exec(String(text));
        if (printed) found(printed[0]);
      });
      server.on('error', fail);
      server.on('exit', (code) => fail(new Error(`the server ended with ${code}: ${said.join('')}`)));
    });
    await until(async () => {
      const { episodes } = await (await fetch(`${house.url}/api/episodes`)).json();
      return episodes.length >= expected;
    });
  };
  house.halt = async () => {
    server.removeAllListeners('exit');
    if (server.exitCode !== null || server.signalCode !== null) return;
    const ended = new Promise((done) => server.on('exit', done));
    server.kill();
    await ended;
  };
  house.stop = async () => {
    await house.halt();
    await rm(folder, { recursive: true, force: true });
  };
  house.put = put;
  await house.start();
  return house;
}

/** The server answers before it has read its shelf. */
export async function until(there) {
  for (let tries = 0; tries < 200; tries++) {
    if (await there()) return;
    await new Promise((later) => setTimeout(later, 50));
  }
  throw new Error('it never came');
}

export async function startBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--autoplay-policy=no-user-gesture-required'],
  });
}

/**
 * Opens an address in a fresh window. Any script error, breach of the page's
 * policy or request to a host that is not allowed fails `close`.
 */
export async function open(browser, address, { allowed = [], ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (error) => faults.push(error.stack));
  page.on('console', (message) => /Content Security Policy|TrustedHTML|trusted type/i.test(message.text()) && faults.push(message.text()));
  page.on('requestfailed', (request) => /other than self/.test(request.failure()?.errorText ?? '') && faults.push(request.url()));
  page.on('request', (request) => {
    const { host, protocol } = new URL(request.url());
    if (protocol !== 'blob:' && host !== new URL(address).host && !allowed.includes(host)) faults.push(`asks elsewhere: ${request.url()}`);
  });
  await page.goto(address);
  return {
    page,
    context,
    async close() {
      await context.close();
      assert.deepEqual(faults, []);
    },
  };
}

/** Waits until the light is on duty: sound and times are there. */
export async function ready(page) {
  await page.waitForFunction(() => document.querySelector('#audio').readyState > 0 && document.querySelector('.picture [data-hue="1"]'));
}

const ms = (clock) => Math.round(clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) * 1000);

/** The demo that is timed line by line, read with nothing of ours. */
export async function truth() {
  const names = await readdir(demo, { recursive: true });
  const name = names.find((each) => each.endsWith('.vtt'));
  const text = await readFile(join(demo, name), 'utf8');
  const cues = Array.from(text.matchAll(/^(?:.*\n)??([\d:.]+) --> ([\d:.]+).*\n([^]*?)(?:\n\n|\n*$)/gm), ([, start, end, said]) => {
    const first = ms(start);
    const marks = Array.from(said.matchAll(/<([\d:.]+)>/g), (mark) => ms(mark[1]));
    const words = said.replace(/<[^>]*>/g, '').trim().split(/\s+/);
    return { start: first, end: ms(end), words, wordStarts: marks.length === words.length ? marks : [first, ...marks] };
  });
  assert.ok(cues.length > 10, 'the demo has too few lines to prove anything');
  return { id: name.replace('.vtt', '').replace(sep, '--').toLowerCase(), cues, sound: join(demo, name.replace('.vtt', '.mp3')) };
}

/** Which cue is spoken at a time: the last that has begun, unless it has ended. */
export function cueAt(cues, t) {
  const index = cues.findLastIndex((cue) => cue.start <= t);
  return index >= 0 && t < cues[index].end ? index : -1;
}

export const litLine = (page) => page.evaluate(() => Number(document.querySelector('[aria-current="true"][data-line]')?.dataset.line ?? -1));
export const now = (page) => page.evaluate(() => document.querySelector('#audio').currentTime * 1000);
export const seek = (page, at) => page.evaluate((to) => (document.querySelector('#audio').currentTime = to / 1000), at);
export const play = (page) => page.evaluate(() => document.querySelector('#audio').play());
