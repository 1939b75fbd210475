// The house rules, as a test that fails: who may import whom, who may touch the
// world, how long a file may be, and that every interface word has its sentence.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const list = (folder, ending) => readdirSync(join(root, folder), { recursive: true })
  .filter((name) => name.endsWith(ending) && !name.includes('node_modules'))
  .map((name) => ({ name: join(folder, name), text: readFileSync(join(root, folder, name), 'utf8') }));

const scripts = list('js', '.js');
const room = (name) => name.split('/')[1];
const imports = (text) => Array.from(text.matchAll(/^(?:import|export)\b[^;']*'([^']+)';$/gm), (match) => match[1]);

test('imports run down: pages → all, parts → core, core → core, io → nothing', () => {
  assert.ok(scripts.length > 15, 'no scripts found');
  const allowed = { pages: ['pages', 'parts', 'core', 'io'], parts: ['core'], core: ['core'], io: [] };
  for (const { name, text } of scripts) {
    for (const path of imports(text)) {
      const to = room(join(name, '..', path));
      assert.ok(path.startsWith('.') && allowed[room(name)].includes(to), `${name} may not import ${path}`);
    }
  }
});

test('every script can be read, those too that are loaded late', () => {
  const read = `
    import { readFileSync } from 'node:fs';
    import { SourceTextModule } from 'node:vm';
    for (const name of process.argv.slice(1)) new SourceTextModule(readFileSync(name, 'utf8'), { identifier: name });`;
  const names = scripts.map(({ name }) => join(root, name));
  const { status, stderr } = spawnSync(process.execPath, ['--experimental-vm-modules', '--no-warnings', '--input-type=module', '--eval', read, '--', ...names]);
  assert.equal(status, 0, String(stderr));
});

test('imports and exports keep to the forms that the server can list', () => {
  for (const { name, text } of scripts) {
    for (const [line] of text.matchAll(/^(?:import|export)\b.*$/gm)) {
      const plain = /^import (\{ [\w, ]+ \}|\* as \w+) from '\.[\w./]+';$/.test(line) || /^export ((async )?function|class|const) \w+/.test(line);
      assert.ok(plain, `${name}: ${line}`);
    }
  }
});

test('only io touches fetch, frames, storage and media', () => {
  const world = /\b(fetch|XMLHttpRequest|requestAnimationFrame|localStorage|sessionStorage|currentTime|playbackRate|navigator)\b(?!['’])/;
  for (const { name, text } of scripts) {
    const code = text.replace(/\/\*[^]*?\*\/|\/\/.*/g, '');
    if (room(name) !== 'io') assert.ok(!world.test(code), `${name} uses ${world.exec(code)?.[0]}`);
  }
});

test('nothing makes markup out of text', () => {
  for (const { name, text } of scripts) assert.ok(!/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|DOMParser/.test(text), name);
  for (const { name, text } of list('.', '.html')) assert.ok(!/\sstyle=|\son[a-z]+="/.test(text), name);
});

test('files stay short', () => {
  const length = (text) => text.split('\n').length - 1;
  for (const { name, text } of scripts) assert.ok(length(text) <= 200, `${name}: ${length(text)} lines`);
  for (const { name, text } of list('css', '.css')) assert.ok(length(text) <= 150, `${name}: ${length(text)} lines`);
});

test('every interface word used has a sentence, and every sentence is used', () => {
  const words = JSON.parse(readFileSync(join(root, 'words/en.json'), 'utf8'));
  const source = [...scripts, ...list('.', '.html'), ...list('../server/web', 'say.go'), ...list('../server/web', 'errors.go')].map(({ text }) => text).join('\n');
  const used = new Set(Array.from(source.matchAll(/\b(?:t\(?|say\()\s*["']([a-z][a-z.]*)["']/g), (match) => match[1]));
  const built = ['page.follows.', 'follows.', 'voice.', 'quote.copied.', 'month.', 'error.', 'key.', 'speakers.only', 'speakers.skip', 'speakers.rename']; // put together: t(`voice.${way}`)
  for (const key of used) assert.ok(key in words || built.includes(key), `no words for ${key}`);
  for (const key of Object.keys(words)) {
    assert.ok(source.includes(`'${key}'`) || source.includes(`"${key}"`) || built.some((start) => key.startsWith(start)), `${key} is not used`);
  }
});

test('every language has the same words, with the same gaps to fill', () => {
  const gaps = (text) => Array.from(new Set(text.match(/\{\d\}/g))).sort();
  const read = (name) => JSON.parse(readFileSync(join(root, name), 'utf8'));
  const [en, fr] = [read('words/en.json'), read('words/fr.json')];
  assert.deepEqual(Object.keys(fr), Object.keys(en));
  for (const key of Object.keys(en)) {
    assert.ok(fr[key], key);
    assert.deepEqual(gaps(fr[key]), gaps(en[key]), key);
  }
});

test('French keeps its spaces before and inside its signs', () => {
  const texts = ['fr', 'refusals.fr'].flatMap((name) => Object.values(JSON.parse(readFileSync(join(root, `words/${name}.json`), 'utf8'))));
  for (const text of texts) assert.ok(!/ [;:!?»]|« |['"“”]|[^\u202f\d/;:!?…]([;!?»]|:(?!\/\/))|«[^\u202f]/.test(text), text);
});

test('the refusals in French are those that the server makes', () => {
  const source = list('../server', '.go').filter(({ name }) => !name.endsWith('_test.go')).map(({ text }) => text).join('\n');
  const verbs = (text) => (text.match(/%[sdq]/g) ?? []).map((verb) => verb.replace('q', 's'));
  for (const [en, fr] of Object.entries(JSON.parse(readFileSync(join(root, 'words/refusals.fr.json'), 'utf8')))) {
    assert.ok(source.includes(JSON.stringify(en)), en);
    assert.deepEqual(verbs(fr), verbs(en), en);
  }
});
