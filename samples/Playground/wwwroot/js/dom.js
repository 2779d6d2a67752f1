/** Creates an element with attributes and children. Strings become text, never markup. */
export function el(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** Creates an SVG element in the same way. */
export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

export const byId = id => document.getElementById(id);

/** Creates a path that may break after its dots, with its parents in a weaker color than its name. */
export function pathOf(path) {
  const parts = path.split(/(?<=\.)/);
  return parts.map((part, at) => at === parts.length - 1 ? part : el("span", { class: "parent" }, part, el("wbr")));
}

export function plural(count, word) {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined));
  return element;
}
