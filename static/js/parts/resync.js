// The bar for the second tap: the line that is waited for and the button that
// says it is heard; then what can be done about it.

const typing = 'input, textarea, select, [contenteditable], [popover]';

export function mount(el, { store, signal, t, lines, transcript }) {
  const part = (selector) => el.querySelector(selector);
  const wish = (act, detail) => el.dispatchEvent(new CustomEvent('resync', { detail: { act, ...detail }, bubbles: true }));

  // — wishes

  let down = null; // a press is meant when it begins, and counts when it ends
  const press = ({ timeStamp, repeat, key }) => !repeat && (!key || key === ' ' || key === 'Enter') && (down = timeStamp);
  for (const kind of ['pointerdown', 'keydown']) el.addEventListener(kind, press, { signal });
  el.addEventListener('click', ({ target, timeStamp }) => {
    const { act, by } = target.closest('[data-act]')?.dataset ?? {};
    if (act) wish(act, { by: Number(by), at: down ?? timeStamp });
    down = null;
  }, { signal });

  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.target.closest(typing)) return;
    if (event.key === 'Escape') wish('leave');
    else if (store.get('letters') && event.key.toLowerCase() === 't') wish('tap', { at: event.timeStamp });
  }, { signal });

  function choose(event) {
    const line = event.target.closest('[data-line]');
    if (!line || store.get('resync').done || (event.key ?? 'Enter') !== 'Enter' || !getSelection().isCollapsed) return;
    event.preventDefault();
    event.stopPropagation(); // it is not to be played
    wish('choose', { line: Number(line.dataset.line) });
  }
  for (const kind of ['click', 'keydown']) transcript.addEventListener(kind, choose, { signal, capture: true });

  // — what it shows

  let awaited = null;
  function show(resync) {
    awaited?.removeAttribute('data-awaited');
    awaited = resync && !resync.done ? lines[resync.line] : null;
    awaited?.setAttribute('data-awaited', '');
    if (!resync) return;
    const { line, done, earlier, undo, message } = resync;
    const turned = el.toggleAttribute('data-done', done) !== wasDone;
    wasDone = done;
    part('.asks').textContent = t(done ? 'sync.right' : 'sync.wait');
    const words = part('.words');
    words.textContent = lines[line].textContent;
    words.lang = lines[line].closest('[lang]')?.lang ?? '';
    part('[data-act=earlier]').hidden = !earlier;
    part('[data-act=undo]').hidden = !undo;
    if (part('[role=status]').textContent !== message) part('[role=status]').textContent = message;
    if (turned) part(done ? '[data-act=leave]' : '[data-act=tap]').focus({ preventScroll: true });
  }
  let wasDone = null;

  const root = document.documentElement;
  const from = document.activeElement; // what began it
  function giveBack() {
    from.focus({ preventScroll: true });
    if (from === document.body || document.activeElement !== from) document.querySelector('.play').focus({ preventScroll: true });
  }
  const measure = () => root.style.setProperty('--panel', `${el.offsetHeight}px`);
  const size = new ResizeObserver(measure);
  root.dataset.resync = '';
  el.hidden = false;
  store.on('resync', show, signal);
  show(store.get('resync'));
  measure();
  size.observe(el);
  signal.addEventListener('abort', () => {
    show(null);
    size.disconnect();
    const held = el.contains(document.activeElement) || document.activeElement === document.body;
    el.hidden = true;
    if (held) giveBack();
    delete root.dataset.resync;
    root.style.removeProperty('--panel');
  });
}
