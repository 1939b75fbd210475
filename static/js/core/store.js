// What the page knows, as plain values. State goes down from here: a part
// listens to the nouns it paints.

/**
 * @param {Record<string, any>} state
 */
export function createStore(state) {
  const bus = new EventTarget();
  return {
    /** @param {string} key */
    get: (key) => state[key],

    /** Takes new values; listeners hear of those that differ. */
    set(patch) {
      const changed = Object.keys(patch).filter((key) => !Object.is(state[key], patch[key]));
      Object.assign(state, patch);
      for (const key of changed) bus.dispatchEvent(new Event(key));
    },

    /** Calls back with the value of key whenever it changes. */
    on(key, tell, signal) {
      bus.addEventListener(key, () => tell(state[key]), { signal });
    },
  };
}
