// The speakers' colours, as people with each kind of colour blindness see them.
// Simulated with the matrices of Machado, Oliveira and Fernandes, "A
// physiologically-based model for simulation of color vision deficiency" (2009),
// severity 1; distances are Euclidean in Ottosson's OKLab (2020); contrast is
// that of WCAG 2.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const LEAST = 0.1; // OKLab; some five times what is just noticed side by side
const eyes = {
  'full colour': [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritanopia: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
};
const css = readFileSync(new URL('../../css/tokens.css', import.meta.url), 'utf8');

// Colours are linear sRGB here, each 0–1.

const times = (matrix, vector) => matrix.map((row) => row.reduce((sum, weight, i) => sum + weight * vector[i], 0));
const linear = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);

function fromHex(hex) {
  return [1, 3, 5].map((at) => linear(parseInt(hex.slice(at, at + 2), 16) / 255));
}
function fromOklch(lightness, chroma, hue) {
  const angle = (hue * Math.PI) / 180;
  const lab = [lightness, chroma * Math.cos(angle), chroma * Math.sin(angle)];
  const cones = times([[1, 0.3963377774, 0.2158037573], [1, -0.1055613458, -0.0638541728], [1, -0.0894841775, -1.291485548]], lab);
  return times([[4.0767416621, -3.3077115913, 0.2309699292], [-1.2684380046, 2.6097574011, -0.3413193965], [-0.0041960863, -0.7034186147, 1.707614701]], cones.map((cone) => cone ** 3));
}
function oklab(rgb) {
  const cones = times([[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566], [0.0883024619, 0.2817188376, 0.6299787005]], rgb);
  return times([[0.2104542553, 0.793617785, -0.0040720468], [1.9779984951, -2.428592205, 0.4505937099], [0.0259040371, 0.7827717662, -0.808675766]], cones.map(Math.cbrt));
}
const seenBy = (matrix, rgb) => times(matrix, rgb).map((value) => Math.max(0, Math.min(1, value)));
const distance = (a, b) => Math.hypot(...oklab(a).map((value, i) => value - oklab(b)[i]));
const luminance = (rgb) => times([[0.2126, 0.7152, 0.0722]], rgb)[0];
function contrast(a, b) {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

function parse(text) {
  const oklch = /^oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)$/.exec(text);
  return oklch ? fromOklch(...oklch.slice(1).map(Number)) : fromHex(text);
}
function token(name, theme) {
  const both = new RegExp(`--${name}: light-dark\\((.+), (.+)\\);`).exec(css);
  assert.ok(both, `there is no --${name}`);
  return parse(both[theme === 'light' ? 1 : 2]);
}
const hues = (theme) => [1, 2, 3, 4, 5, 6].map((number) => token(`hue-${number}`, theme));

for (const theme of ['light', 'dark']) {
  test(`${theme}: any two speakers are told apart, whatever the eyes`, () => {
    const colours = hues(theme);
    for (const [kind, matrix] of Object.entries(eyes)) {
      const seen = colours.map((rgb) => seenBy(matrix, rgb));
      seen.forEach((a, i) => seen.slice(0, i).forEach((b, k) => {
        const apart = distance(a, b);
        assert.ok(apart >= LEAST, `${kind}: --hue-${k + 1} and --hue-${i + 1} are ${apart.toFixed(3)} apart`);
      }));
    }
  });

  test(`${theme}: a speaker's name is read on the page and on the panel`, () => {
    for (const ground of ['paper', 'ground']) {
      hues(theme).forEach((rgb, i) => {
        assert.ok(rgb.every((value) => value > -0.002 && value < 1.002), `--hue-${i + 1} is no colour of a screen`);
        const ratio = contrast(rgb, token(ground, theme));
        assert.ok(ratio >= 4.5, `--hue-${i + 1} on --${ground}: ${ratio.toFixed(2)}`);
      });
    }
  });
}

test('what is painted on stretches of text has the colours that are named', () => {
  const base = readFileSync(new URL('../../css/base.css', import.meta.url), 'utf8');
  const named = { ':selection': 'accent', ':highlight(loop)': 'accent', ':highlight(word)': 'spoken-word', ':highlight(found)': 'found', ':highlight(found-here)': 'found-here' };
  for (const [mark, name] of Object.entries(named)) {
    const [both, light] = base.split(`:${mark} {`).slice(1).map((rule) => rule.slice(0, rule.indexOf('}')).match(/#\w{6}/g));
    assert.deepEqual(both.map(fromHex), [token(name, 'light'), token(name, 'dark')], `${mark} is not --${name}`);
    assert.deepEqual(light, both.slice(0, 1), `${mark} is another for old browsers`);
  }
});

test('the distance of what is seen alike is small, of black and white large', () => {
  const [red, green] = [fromOklch(0.6, 0.12, 30), fromOklch(0.6, 0.12, 140)];
  assert.ok(distance(red, green) > 0.15);
  assert.ok(distance(seenBy(eyes.deuteranopia, red), seenBy(eyes.deuteranopia, green)) < 0.1, 'red and green of one lightness');
  assert.ok(distance([0, 0, 0], [1, 1, 1]) > 0.99);
});
