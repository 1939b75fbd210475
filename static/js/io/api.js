// The server, and the only requests a page makes. What it refuses is thrown as
// a Refusal, whose message is a sentence to show.

export class Refusal extends Error {
  constructor({ message, code, line }, status) {
    super(message);
    Object.assign(this, { code, line, status });
  }
}

const refusal = (body, status) => new Refusal(body?.error ?? { message: '' }, status);

async function ask(url, options) {
  const answer = await fetch(url, options);
  const body = await answer.json().catch(() => null);
  if (!answer.ok) throw refusal(body, answer.status);
  return body;
}

/** @param {string} base path prefix, '' or '/hearsay' */
export function createApi(base) {
  return {
    times: (url) => ask(url),

    search: (query, signal) => ask(`${base}/api/search?${new URLSearchParams({ q: query, limit: '40' })}`, { signal }),

    /** @param {object} patch what to change, under the names it is read by */
    changeEpisode: (id, patch) => ask(`${base}/api/episodes/${encodeURIComponent(id)}`, {
      method: 'PATCH',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(patch),
    }),

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
