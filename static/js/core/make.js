/**
 * A new element with what is in it. An attribute that is false is left out.
 * @param {string} tag
 * @param {Record<string, string|number|boolean>} attributes
 * @param {...(Node|string)} inside
 */
export function make(tag, attributes, ...inside) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== false) node.setAttribute(name, value === true ? '' : value);
  node.append(...inside);
  return node;
}
