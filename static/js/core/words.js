/**
 * The interface's words: t('find.lines', 3) fills {0} with 3.
 * A key without words shows itself, so that a gap in a language is seen.
 * @param {Record<string, string>} words
 */
export function speaker(words) {
  return (key, ...values) => (words[key] ?? key).replace(/\{(\d)\}/g, (_, i) => values[i]);
}
