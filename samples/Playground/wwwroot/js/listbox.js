const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity };

/** Makes a list that is one stop of the Tab key; arrow keys move within it. Its options may be replaced at any time. */
export function listbox(list) {
  list.addEventListener("keydown", event => {
    const step = steps[event.key];
    if (step === undefined) return;
    const options = optionsOf(list);
    const at = options.indexOf(document.activeElement);
    event.preventDefault();
    options[Math.min(Math.max(at + step, 0), options.length - 1)]?.focus();
  });
  list.addEventListener("focusin", event => {
    for (const option of optionsOf(list)) {
      option.tabIndex = option === event.target ? 0 : -1;
      option.setAttribute("aria-selected", option === event.target);
    }
  });
}

/** Replaces the options. A focused option that still exists keeps the focus. */
export function replaceOptions(list, options) {
  const focused = list.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  list.replaceChildren(...options);
  for (const option of options) {
    option.setAttribute("role", "option");
    if (!option.hasAttribute("aria-selected")) option.setAttribute("aria-selected", "false");
    option.tabIndex = -1;
  }
  const current = options.find(option => option.getAttribute("aria-selected") === "true") ?? options[0];
  if (current) current.tabIndex = 0;
  if (focused !== undefined) options.find(option => option.dataset.key === focused)?.focus({ preventScroll: true });
}

const optionsOf = list => [...list.querySelectorAll("[role=option]")];
