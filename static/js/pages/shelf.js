// The shelf: search over everything, adding an episode, signing in.

import { createStore } from '../core/store.js';
import { speaker } from '../core/words.js';
import { createApi, Refusal } from '../io/api.js';
import * as search from '../parts/search.js';
import * as upload from '../parts/upload.js';

const page = document.body;
const one = (selector) => page.querySelector(selector);
const t = speaker(JSON.parse(one('#words').textContent));
const api = createApi(page.dataset.base);
const { signal } = new AbortController();
const store = createStore({ found: null, trouble: '', upload: {} });

// — search: the newest question wins, and the address keeps it

let asking = new AbortController();

async function find({ query }) {
  asking.abort();
  asking = new AbortController();
  history.replaceState(null, '', query ? `?${new URLSearchParams({ q: query })}` : location.pathname);
  if (!query) return store.set({ found: { query, hits: [] }, trouble: '' });
  try {
    const { hits } = await api.search(query, asking.signal);
    store.set({ found: { query, hits }, trouble: '' });
  } catch (error) {
    if (error.name !== 'AbortError') store.set({ trouble: error.message && error instanceof Refusal ? error.message : t('search.failed') });
  }
}

// — adding

function reason(error) {
  if (!(error instanceof Refusal) || !error.message) return t('add.failed');
  return error.line ? t('add.line', error.message, error.line) : error.message;
}

async function add({ form }) {
  store.set({ upload: { sent: 0 } });
  try {
    const episode = await api.upload(form, (sent) => store.set({ upload: { sent } }));
    const found = (episode.found ?? []).map(({ url }) => url.replace(/^https?:\/\//, ''));
    store.set({ upload: { episode: { title: episode.title, url: `${page.dataset.base}/e/${encodeURIComponent(episode.id)}`, found } } });
  } catch (error) {
    store.set({ upload: { error: reason(error) } });
  }
}

const wishes = { ask: find, upload: add };
for (const [name, grant] of Object.entries(wishes)) {
  document.addEventListener(name, (event) => grant(event.detail), { signal });
}

// — signing in and out

one('.sign-in')?.addEventListener('submit', async (event) => {
  event.preventDefault();
  const outcome = one('.sign-in .outcome');
  try {
    await api.signIn(one('.sign-in [name=token]').value.trim());
    location.reload();
  } catch (error) {
    outcome.classList.add('notice');
    outcome.textContent = (error instanceof Refusal && error.message) || t('signin.failed');
  }
}, { signal });
one('.sign-out')?.addEventListener('click', () => api.signOut().finally(() => location.reload()), { signal });

search.mount(one('search'), { store, signal, t, list: one('.hits'), mould: one('template#hit') });
if (one('.upload')) upload.mount(one('.upload'), { store, signal, t });
