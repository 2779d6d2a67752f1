/** Highlights the lines of the event and the fields of the records that belong together, on hover and on focus. */
export function links(lines, records) {
  let current = null;
  const show = target => {
    if (target === current) return;
    current = target;
    for (const element of document.querySelectorAll(".linked, .current")) element.classList.remove("linked", "current");
    if (!target) return;
    target.classList.add("current");
    const others = target.dataset.line !== undefined ? fieldsOf(target.dataset.line) : linesOf(target);
    for (const other of others) other.classList.add("linked");
    const box = target.dataset.line !== undefined ? null : lines;
    if (box && others.length > 0) scrollWithin(box, others.at(-1));
  };
  const fieldsOf = line => [...records.querySelectorAll("[data-sources]")].filter(field => sourcesOf(field).includes(line));
  const linesOf = field => sourcesOf(field).map(line => lines.querySelector(`[data-line="${line}"]`)).filter(line => line !== null);

  for (const pane of [lines, records]) {
    pane.addEventListener("mouseover", event => show(event.target.closest("[data-line], [data-sources]")));
    pane.addEventListener("mouseleave", () => show(focused()));
    pane.addEventListener("focusin", event => show(event.target.closest("[data-line], [data-sources]")));
    pane.addEventListener("focusout", () => show(null));
  }
  const focused = () => [lines, records].some(pane => pane.contains(document.activeElement))
    ? document.activeElement.closest("[data-line], [data-sources]")
    : null;
}

const sourcesOf = field => field.dataset.sources.split(" ").filter(line => line !== "");

/** Scrolls only the box, not the page. Of several lines, the last one is shown, because it is the most specific. */
function scrollWithin(box, element) {
  const [outer, inner] = [box.getBoundingClientRect(), element.getBoundingClientRect()];
  if (inner.top < outer.top || inner.bottom > outer.bottom) box.scrollTop += inner.top - outer.top - outer.height / 3;
}
