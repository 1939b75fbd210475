// The server, and the only requests a page makes. What it refuses is thrown as
// a Refusal, whose message is a sentence to show.

export class Refusal extends Error {
  constructor({ message, code, line, lines }, status) {
    super(message);
    Object.assign(this, { code, line, lines, status });
  }
}

const PATIENCE = 20_000; // ms; a change not answered by then is sent again

const refusal = (body, status) => new Refusal(body?.error ?? { message: '' }, status);

async function ask(url, options) {
  const answer = await fetch(url, options);
  const body = await answer.json().catch(() => null);
  if (!answer.ok) throw refusal(body, answer.status);
  return body;
}

/** Sends JSON, and takes nothing but JSON for an answer. */
async function send(method, url, body) {
  const answer = await ask(url, {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(PATIENCE),
  });
  if (!answer) throw new Error('the answer broke off');
  return answer;
}

/** @param {string} base path prefix, '' or '/hearsay' */
export function createApi(base) {
  return {
    times: (url) => ask(url),
    words: (url) => ask(url),

    search: (query, signal) => ask(`${base}/api/search?${new URLSearchParams({ q: query, limit: '40' })}`, { signal }),

    /** @param {object} patch what to change, under the names it is read by */
    changeEpisode: (id, patch) => send('PATCH', `${base}/api/episodes/${encodeURIComponent(id)}`, patch),

    /** What people have changed in one text of an episode, and changing it. */
    changes(episode, lang) {
      const at = `${base}/api/episodes/${encodeURIComponent(episode)}`;
      const query = lang ? `?${new URLSearchParams({ lang })}` : '';
      return {
        read: () => ask(`${at}/changes${query}`, { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE) }),
        /** @param {object} patch what to change in the whole text, with its nonce */
        patch: (patch) => send('PATCH', `${at}${query}`, patch),
        send: ({ kind, segment, change, nonce }) => (kind === 'line'
          ? send('PATCH', `${at}/segments/${encodeURIComponent(segment)}${query}`, { ...change, nonce })
          : send('POST', `${at}/${kind}${query}`, { nonce })),
        /** @param {import('../core/shift.js').Point[]} points that hold for everyone from now on */
        shift: (points) => send('PATCH', `${at}${query}`, { shift: points }),
      };
    },

    signIn: (token) => ask(`${base}/api/session`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ token }),
    }),

    signOut: () => ask(`${base}/api/session`, { method: 'DELETE' }),

    /** fetch cannot tell how much has been sent; this can. */
    upload: (form, sent) => new Promise((done, fail) => {
      const request = new XMLHttpRequest();
      request.open('POST', `${base}/api/episodes`);
      request.responseType = 'json';
      request.upload.onprogress = (event) => event.lengthComputable && sent(event.loaded / event.total);
      request.onload = () => (request.status < 300 ? done(request.response) : fail(refusal(request.response, request.status)));
      request.onerror = () => fail(new Error('no answer'));
      request.send(form);
    }),
  };
}
