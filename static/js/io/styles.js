// Styles that few need, and that come with the scripts that need them.

/** Resolves when they are there, or cannot be had: what they are for works without. */
export function addStyles(url) {
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = url;
  return new Promise((done) => {
    link.onload = link.onerror = done;
    document.head.append(link);
  });
}
