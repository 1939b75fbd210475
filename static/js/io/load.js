/** What a page loads once it is painted: JSON that is there already. */
export async function load(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
}

/** What is fetched by whoever asks first; where that fails, by who asks next. */
export function once(fetch) {
  let asked = null;
  return () => (asked ??= fetch().catch((error) => {
    asked = null;
    throw error;
  }));
}
