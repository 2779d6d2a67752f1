/** Makes tabs that the arrow keys, Home and End move between. */
export function tabs(list, onShow) {
  const all = [...list.querySelectorAll("[role=tab]")];
  const show = tab => {
    for (const other of all) {
      const isShown = other === tab;
      other.setAttribute("aria-selected", isShown);
      other.tabIndex = isShown ? 0 : -1;
      document.getElementById(other.getAttribute("aria-controls")).hidden = !isShown;
    }
    onShow(tab.id);
  };
  list.addEventListener("click", event => {
    const tab = event.target.closest("[role=tab]");
    if (tab) show(tab);
  });
  list.addEventListener("keydown", event => {
    const at = all.indexOf(document.activeElement);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const tab = all[(next + all.length) % all.length];
    tab.focus();
    show(tab);
  });
}
