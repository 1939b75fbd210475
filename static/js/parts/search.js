// Search over all episodes as one types. Hits are links: arrows move the focus
// among them, Enter opens, typing goes on in the field.

const SOON = 60; // ms after a key; a fast typist asks once a word, not once a letter

export function mount(el, { store, signal, t, list, mould }) {
  const form = el.querySelector('form');
  const field = el.querySelector('input');
  const sum = el.querySelector('[data-search-count]');
  const links = () => Array.from(list.querySelectorAll('a'));

  // — asking

  let timer = 0;
  function ask() {
    clearTimeout(timer);
    timer = setTimeout(() => el.dispatchEvent(new CustomEvent('ask', { detail: { query: field.value.trim() }, bubbles: true })), SOON);
  }
  field.addEventListener('input', ask, { signal });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    links()[0]?.click();
  }, { signal });

  // — showing

  /** Writes text with the pieces between marks, [[from, to], …], marked. */
  function mark(into, text, marks) {
    let at = 0;
    for (const [from, to] of marks) {
      const piece = document.createElement('mark');
      piece.textContent = text.slice(from, to);
      into.append(text.slice(at, from), piece);
      at = to;
    }
    into.append(text.slice(at));
  }
  function setHit(hit) {
    const item = mould.content.firstElementChild.cloneNode(true);
    const part = (name) => item.querySelector(`[data-part=${name}]`);
    item.querySelector('a').href = hit.url;
    for (const name of ['before', 'after', 'speaker', 'title']) part(name).textContent = hit[name] ?? '';
    part('timestamp').textContent = hit.timestamp ? `${hit.timing === 'estimated' ? '≈ ' : ''}${hit.timestamp}` : '';
    part('close').hidden = hit.exact;
    part('text').textContent = '';
    mark(part('text'), hit.text, hit.marks);
    return item;
  }
  function count(hits) {
    if (!hits.length) return t('search.nothing');
    return hits.length === 1 ? t('search.place') : t('search.places', hits.length);
  }

  store.on('found', ({ query, hits }) => {
    const held = links().find((link) => link === document.activeElement)?.href;
    list.replaceChildren(...hits.map(setHit));
    list.hidden = !hits.length;
    if (held) (links().find(({ href }) => href === held) ?? field).focus({ preventScroll: true }); // it is gone: back to where one types
    sum.textContent = query ? count(hits) : '';
  }, signal);
  store.on('trouble', (sentence) => (sum.textContent = sentence), signal);

  // — the keys

  function move(event, by) {
    const all = links();
    const to = all.indexOf(document.activeElement) + by;
    event.preventDefault();
    if (to < 0) field.focus();
    else all[Math.min(to, all.length - 1)]?.focus();
  }
  field.addEventListener('keydown', (event) => event.key === 'ArrowDown' && move(event, 1), { signal });
  list.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') move(event, 1);
    else if (event.key === 'ArrowUp') move(event, -1);
    else if (event.key === 'Escape') field.focus();
    else if ((event.key.length === 1 || event.key === 'Backspace') && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey) field.focus();
  }, { signal });
}
