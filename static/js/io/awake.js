// A screen that stays on.

export const canStayAwake = 'wakeLock' in navigator;

/** The browser lets go whenever the page is hidden, so it is asked again when it is shown. */
export function createWakeLock(signal) {
  let wanted = false;
  let lock = null;
  let asking = false;

  async function update() {
    if (!wanted) lock?.release();
    if (asking || !wanted || document.hidden || lock?.released === false) return;
    asking = true;
    lock = await navigator.wakeLock.request('screen').catch(() => null); // a flat battery refuses
    asking = false;
    if (!wanted) lock?.release();
  }
  document.addEventListener('visibilitychange', update, { signal });
  return {
    want(yes) {
      wanted = yes && canStayAwake;
      update();
    },
  };
}
