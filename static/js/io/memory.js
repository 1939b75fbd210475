// What this browser remembers. Storage may be off or full: then it forgets.

const key = (name) => `hearsay:${name}`;

export function recall(name) {
  try {
    return JSON.parse(localStorage.getItem(key(name)));
  } catch {
    return null;
  }
}

/** Reports whether it could; else nothing is lost but the comfort. */
export function remember(name, value) {
  try {
    localStorage.setItem(key(name), JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}
