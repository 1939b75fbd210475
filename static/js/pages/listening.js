// How it is listened to: loop, speed in steps, size of the text, a screen that
// stays on, the delay of the output. Loaded with the first wish for any of it,
// and at play for who has set it before.

import { fineSpeed, nudge, outputName, speedBeside } from '../core/steps.js';
import { canStayAwake, createWakeLock } from '../io/awake.js';
import { createMark } from '../io/marks.js';
import { recall, remember } from '../io/memory.js';
import { onOutputChange, outputLatency } from '../io/output.js';
import * as signs from '../parts/signs.js';

const BRIM = 100; // ms before the end of the sound: a loop that waits for the end comes too late
const SETTLES = 1000; // ms from play until the output knows its delay

/** @param wishes what listen.js grants already */
export function createListening(bar, { store, signal, t, lines, player, wishes }) {
  const habits = () => recall('listening') ?? {};
  const keep = (patch) => remember('listening', { ...habits(), ...patch });
  const say = (sentence) => store.set({ sign: { sentence } });
  signs.mount(bar.querySelector('.signs'), { store, signal, lines, mark: createMark });

  // — again and again

  /** The line being spoken, else the last, else the first; null where its start or end is not sure. */
  function lineToLoop() {
    const timeline = store.get('timeline');
    const now = player.now();
    const index = [store.get('spoken').line, timeline.begun(now), timeline.begun(timeline.next(now))].find((line) => line >= 0);
    const from = timeline.start(index);
    const to = timeline.end(index);
    const last = timeline.at(to - 1);
    if (from < 0 || to === Infinity || timeline.plusMinus(index) || last.maybe.length || last.about >= 0) return null;
    return { from, to, text: { from: { line: index, offset: 0 }, to: { line: index, offset: Infinity } } };
  }
  const setLoop = (loop) => store.set({ route: { ...store.get('route'), loop } });
  const within = ({ from, to }) => player.now() >= from && player.now() < to;

  /** Without a passage of its own it ends the loop there is. */
  function loop({ passage }) {
    if (!store.get('timeline')) return;
    if (!passage && store.get('route').loop) return setLoop(null);
    const selected = passage ?? store.get('selected');
    const whole = selected ?? lineToLoop();
    const chosen = whole && { ...whole, to: Math.min(whole.to, (player.duration ?? Infinity) - BRIM) };
    if (!(chosen?.from < chosen?.to)) return say(t('loop.unsure'));
    setLoop(null); // or the way there would end it
    if (selected) wishes['play-from']({ ms: chosen.from });
    else if (!within(chosen)) player.seek(chosen.from);
    setLoop(chosen);
  }
  player.on('seeked', () => {
    const { loop: now } = store.get('route');
    if (now && !within(now)) setLoop(null);
  }, signal);
  document.addEventListener('keydown', (event) => {
    const busy = event.target.closest?.('[type=search], .quote') || document.querySelector(':popover-open');
    if (event.key === 'Escape' && !busy && !event.defaultPrevented && store.get('route').loop) setLoop(null);
  }, { signal });

  // — the delay of the output

  const { device: last = 'any', delays = {} } = habits();
  let device = last; // the output heard last, until this one has told
  let nudged = false; // before it had

  function keepDelay(to) {
    delays[device] = to;
    keep({ device, delays });
  }

  /**
   * What the output reports only names it: the clock of the sound already
   * counts that in, for it is the clock of what leaves the output.
   */
  async function output() {
    const latency = await outputLatency();
    if (latency === null) return;
    device = outputName(latency, delays);
    if (nudged) keepDelay(store.get('delay'));
    nudged = false;
    store.set({ latency, delay: delays[device] ?? 0 });
  }
  function delay({ by }) {
    const to = nudge(store.get('delay'), by);
    if (!store.get('latency') && !nudged) output();
    nudged ||= !store.get('latency');
    store.set({ delay: to });
    keepDelay(to);
    say(to ? t(to > 0 ? 'delay.later' : 'delay.earlier', Math.abs(to)) : t('delay.none'));
  }
  store.set({ delay: delays[device] ?? 0 });
  onOutputChange(output, signal);

  // — a screen that stays on

  const lock = createWakeLock(signal);
  const stayAwake = () => lock.want(store.get('awake') && store.get('playing'));
  function awake({ yes }) {
    keep({ awake: yes });
    store.set({ awake: yes });
  }
  store.on('awake', stayAwake, signal);
  store.set({ awake: canStayAwake && Boolean(habits().awake) });

  function begin(playing) {
    stayAwake();
    if (playing && habits().delays) setTimeout(output, SETTLES);
  }
  store.on('playing', begin, signal);
  begin(store.get('playing'));

  // — the others

  const setRate = (next) => player.can.rate && wishes.rate({ rate: next });
  return {
    loop,
    delay,
    output,
    awake,
    faster: ({ by, fine }) => setRate((fine ? fineSpeed : speedBeside)(player.rate, by)),
    size({ size }) {
      keep({ size });
      store.set({ size });
    },
  };
}
