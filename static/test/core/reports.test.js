import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createReports } from '../../js/core/reports.js';

/** Numbers from 0 to 1, the same ones every time. */
function dice(seed) {
  return () => (seed = (seed * 48271) % 2147483647) / 2147483647;
}

/**
 * Plays for so many seconds and looks at every frame: [wall, error, ±]. Reports
 * come every 250–1,000 ms and asked ones every 200 ms, each 0–300 ms late.
 * @param stalls [when, for how long] the sound stands still
 */
function watch({ seconds = 120, seed = 1, stalls = [], asked = true, under = 300 }) {
  const random = dice(seed);
  const truth = (wall) => stalls.reduce((ms, [from, length]) => ms - Math.max(0, Math.min(wall - from, length)), wall);
  const reports = [];
  const say = (wall) => reports.push({ ms: truth(wall), wall: wall + under * random() });
  for (let wall = 0; wall < seconds * 1000; wall += 250 + 750 * random()) say(wall);
  for (let wall = 0; asked && wall < seconds * 1000; wall += 200) say(wall);
  reports.sort((one, two) => one.wall - two.wall);
  const clock = createReports();
  clock.play(0);
  const frames = [];
  for (let wall = 0; wall < seconds * 1000; wall += 16) {
    while (reports[0]?.wall <= wall) {
      const { ms, wall: arrival } = reports.shift();
      clock.report(ms, arrival);
    }
    frames.push({ wall, now: clock.now(wall), error: Math.abs(clock.now(wall) - truth(wall)), plusMinus: clock.plusMinus(wall) });
  }
  return frames;
}
const share = (list, right) => list.filter(right).length / list.length;

test('late and sparse reports make a clock that is right and never runs backwards', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const frames = watch({ seed: seed * 7919 });
    const settled = frames.filter(({ wall }) => wall > 3000);
    assert.ok(share(settled, ({ error }) => error < 100) > 0.95, `seed ${seed}`);
    assert.ok(settled.every(({ error }) => error < 250), `seed ${seed}`);
    assert.ok(frames.every(({ now }, n) => !n || now >= frames[n - 1].now - 1e-6), `seed ${seed}: backwards`);
  }
});

test('the ± holds what it promises', () => {
  for (const asked of [true, false]) {
    const frames = Array.from({ length: 20 }, (_, n) => watch({ seed: (n + 1) * 104_729, asked })).flat();
    assert.ok(share(frames, ({ error, plusMinus }) => error <= plusMinus) > (asked ? 0.99 : 0.97), `asked: ${asked}`);
  }
  const near = watch({ under: 20 }).at(-1).plusMinus;
  assert.ok(near >= 50 && near < 70, `${near}`);
});

test('a stall makes all later reports later: they win in little more than two seconds at most', () => {
  for (const length of [400, 700, 1000, 1400, 4000]) {
    for (let seed = 1; seed <= 10; seed++) {
      const frames = watch({ seconds: 30, seed: seed * 7919, stalls: [[10_000 + seed * 37, length]] });
      const after = frames.filter(({ wall }) => wall > 12_100 + seed * 37 + length);
      assert.ok(after.every(({ error }) => error < 250), `${length} ms, seed ${seed}`);
      const during = frames.filter(({ wall }) => wall > 10_000);
      assert.ok(share(during, ({ error, plusMinus }) => error <= plusMinus) > 0.9, `± in a stall of ${length} ms`);
    }
  }
});

/** A clock that has heard from a player at 10 s for two seconds, without delay. */
function running() {
  const clock = createReports();
  clock.seek(10_000, 0);
  clock.play(0);
  for (let wall = 100; wall <= 2000; wall += 100) clock.report(10_000 + wall, wall);
  return clock;
}

test('after play it stands until it is heard that the sound gets on', () => {
  const clock = createReports();
  clock.seek(5000, 0);
  clock.play(0);
  clock.report(5000, 300);
  assert.equal(clock.now(900), 5000);
  assert.ok(clock.waiting(900));
  clock.report(5200, 1000);
  assert.ok(!clock.waiting(1000));
  assert.equal(clock.now(1500), 5700);
});

test('a pause freezes it, where the player says', () => {
  const clock = running();
  clock.pause(2100, 12_050);
  assert.equal(clock.now(9000), 12_050);
  assert.ok(!clock.waiting(9000));
  clock.report(12_080, 9000); // what is paused says exactly where
  assert.equal(clock.now(9999), 12_080);
});

test('small corrections flow in over half a second, large ones at once', () => {
  const clock = running();
  clock.report(12_600, 2100); // 500 ms early: only we can have been wrong
  assert.ok(Math.abs(clock.now(2100) - 12_100) < 1);
  const half = clock.now(2350) - 12_600; // the earliest report is itself a little late
  assert.ok(half >= 0 && half <= 30, `${half}`);
  assert.ok(Math.abs(clock.now(2600) - 13_100 - 2 * half) < 1);
  clock.report(20_000, 2700);
  assert.equal(clock.now(2700), 20_000);
});

test('one late report changes nothing', () => {
  const clock = running();
  clock.report(9000, 2100);
  assert.equal(clock.now(2200), 12_200);
  assert.ok(clock.plusMinus(2200) >= 3000, 'but it makes the clock doubt');
});

test('a seek jumps at once, paused or playing; reports from before it are not believed', () => {
  const paused = createReports();
  paused.seek(60_000, 0);
  assert.equal(paused.now(5000), 60_000);
  const clock = running();
  clock.seek(40_000, 2000);
  assert.equal(clock.now(2001), 40_000);
  clock.report(12_150, 2150);
  assert.equal(clock.now(2200), 40_000);
  clock.report(40_100, 2300);
  assert.equal(clock.now(2400), 40_200);
  clock.seek(5000, 2500);
  for (let wall = 2600; wall < 5000; wall += 200) clock.report(40_300 + wall - 2500, wall); // it did not go there
  assert.ok(Math.abs(clock.now(5000) - 42_800) < 50);
});

test('when reports stop it stands and says that it waits; when they come back it is right', () => {
  const clock = running();
  assert.equal(clock.now(3400), 13_400);
  assert.ok(!clock.waiting(3400));
  assert.ok(clock.waiting(3600));
  assert.equal(clock.now(9000), 13_500);
  assert.ok(clock.plusMinus(9000) > 5000);
  clock.report(19_100, 9100);
  assert.equal(clock.now(9100), 19_100);
});

test('reports that do not get on are a sound that stands', () => {
  const clock = running();
  for (let wall = 2100; wall <= 4500; wall += 200) clock.report(12_000, wall);
  assert.ok(clock.waiting(4500));
  assert.equal(clock.now(4500), 12_000);
  clock.report(12_150, 4700);
  assert.ok(!clock.waiting(4700));
  assert.equal(clock.now(4800), 12_250);
});
