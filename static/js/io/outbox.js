// Wishes on their way to the server: sent one after the other, kept in this
// browser until it has answered. Each has a nonce, so that one sent twice, by
// another tab or after a reload, counts once.

const SOON = 1000; // ms until it is tried again, at first
const LATEST = 30_000;
const passing = new Set([408, 425, 429]); // refusals that are none

/** Random on plain http too. */
export const nonce = () => Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(36)).join('');

/**
 * @param {string} name under which they are kept
 * @param {{recall: Function, remember: Function}} memory
 * @param {object} tell `send(wish)` promises the answer; then `answered(wish,
 *   answer)` or `refused(wish, error)`; `changed()` whenever more or fewer wait;
 *   `without(wishes, nonce)` is what still waits once that one was refused
 */
export function createOutbox(name, { recall, remember }, { send, answered, refused, changed, without }) {
  let list = [];
  let kept = true; // where storage is off or full, they are kept as long as the page
  let busy = false;
  let timer = 0;
  let tries = 0;
  let trouble = '';

  const waiting = () => (kept ? recall(name) ?? [] : list);
  function keep(wishes) {
    list = wishes;
    kept = remember(name, wishes);
  }

  const wait = (status) => {
    trouble = status === 401 ? 'denied' : 'away';
    timer = setTimeout(run, Math.min(LATEST, SOON * 2 ** tries++));
  };
  const isFinal = ({ status }) => status >= 400 && status < 500 && status !== 401 && !passing.has(status);

  async function run() {
    if (busy) return;
    busy = true;
    clearTimeout(timer);
    for (let wish = waiting()[0]; wish; wish = waiting()[0]) {
      const { answer, error } = await send(wish).then((found) => ({ answer: found }), (failed) => ({ error: failed }));
      if (error && !isFinal(error)) {
        wait(error.status);
        break;
      }
      tries = 0;
      trouble = '';
      if (error) {
        refused(wish, error); // before it is dropped: a question is asked twice rather than never
        keep(without(waiting(), wish.nonce));
      } else {
        keep(waiting().filter(({ nonce }) => nonce !== wish.nonce));
        answered(wish, answer);
      }
      changed();
    }
    busy = false;
    changed();
  }

  addEventListener('online', run);
  addEventListener('focus', run); // somebody may have signed in elsewhere
  return {
    waiting,
    /** '', 'away' (no answer) or 'denied' (signed out). */
    get trouble() {
      return trouble;
    },
    put(wish) {
      keep([...waiting(), { ...wish, nonce: nonce() }]);
      changed();
      run();
    },
    run,
  };
}
