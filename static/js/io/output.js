// What the sound comes out of.

const LOOK = 100; // ms between two looks: it is known only once something has come out
const LOOKS = 15;

/**
 * Milliseconds that the output itself reports; null where the browser does not
 * tell. Only after a tap: before, the browser would complain. On an iPhone or
 * iPad not at all: there a second use of the sound may stop the first.
 */
export async function outputLatency() {
  const phone = navigator.vendor.startsWith('Apple') && navigator.maxTouchPoints > 1;
  if (phone || !navigator.userActivation?.hasBeenActive || !('outputLatency' in (window.AudioContext?.prototype ?? {}))) return null;
  const context = new AudioContext();
  for (let looks = 0; looks < LOOKS && !context.outputLatency; looks++) await new Promise((later) => setTimeout(later, LOOK));
  const latency = context.outputLatency;
  context.close();
  return latency ? Math.round(latency * 1000) : null;
}

/** Calls back when something is plugged in or out; never where the browser does not tell. */
export function onOutputChange(tell, signal) {
  navigator.mediaDevices?.addEventListener('devicechange', tell, { signal });
}
