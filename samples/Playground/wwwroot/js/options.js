import * as api from "./api.js";
import { byId, el, plural } from "./dom.js";

const asInPreset = "";

/** The panel for mapping options. Options that are not set have the values of each preset. */
export async function startOptions(onChange) {
  const options = await api.options();
  const groups = [
    ["Where the presets differ", options.filter(option => option.differs)],
    ["The same in both presets", options.filter(option => !option.differs)],
  ];
  byId("options").replaceChildren(...groups.map(([title, rows]) => el("section", {},
    el("h3", {}, title),
    el("ul", { class: "options" }, rows.map(rowOf)))));
  byId("options").addEventListener("input", () => {
    showCount();
    onChange();
  });
  byId("options-reset").addEventListener("click", () => {
    for (const control of controls()) control.value = asInPreset;
    showCount();
    onChange();
  });
}

/** Returns the set options as pairs of name and value. A list has a pair for each of its names. */
export function chosenOptions() {
  return setControls().flatMap(control => valuesOf(control).map(value => [control.name, value]));
}

/** Shows the error of the library; hides it if it is null. */
export function showOptionError(error) {
  byId("options-error").hidden = error === null;
  byId("options-error").textContent = error ?? "";
  if (error !== null) byId("options-panel").open = true;
}

const controls = () => [...byId("options").querySelectorAll("select, input")];

const setControls = () => controls().filter(control => control.value.trim() !== asInPreset);

function valuesOf(control) {
  if (control.dataset.kind !== "Names") return [control.value.trim()];
  return control.value.split(",").map(name => name.trim()).filter(name => name !== "");
}

function rowOf(option) {
  const id = `option-${option.key}`;
  return el("li", {},
    el("div", {},
      el("label", { for: id, class: "name" }, wordsOf(option.key)),
      el("p", { class: "hint", id: `${id}-about` }, `${option.about}. `, el("span", {}, presetsOf(option)))),
    controlOf(option, { id, name: option.key, "data-kind": option.kind, "aria-describedby": `${id}-about` }));
}

function controlOf(option, attributes) {
  if (option.kind === "Switch" || option.kind === "Choice") {
    return el("select", attributes,
      el("option", { value: asInPreset }, "as in the preset"),
      option.choices.map(choice => el("option", { value: choice }, choice)));
  }
  return el("input", { ...attributes, type: "text", autocomplete: "off", spellcheck: "false", placeholder: placeholderOf(option) });
}

function placeholderOf(option) {
  if (option.kind === "Names") return "names, with commas";
  return option.choices.length > 0 ? option.choices.slice(1, 3).join(", ") : "as in the preset";
}

const presetsOf = option => option.differs
  ? `Default: ${option.default}; RudderTransformer: ${option.rudderTransformer}`
  : `Both: ${option.default}`;

/** Creates the key, which may break at its capitals and colons. */
const wordsOf = key => key.split(/(?=[A-Z:])/).flatMap(word => [el("wbr"), word]);

function showCount() {
  const count = setControls().length;
  byId("options-count").textContent = count === 0 ? "as in the presets" : `${plural(count, "option")} set`;
}
