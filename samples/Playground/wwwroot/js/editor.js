import * as api from "./api.js";
import { byId, el, plural } from "./dom.js";
import { showLines } from "./lines.js";
import { links } from "./links.js";
import { listbox } from "./listbox.js";
import { chosenOptions, showOptionError, startOptions } from "./options.js";
import { showRecords } from "./records.js";

const input = byId("input");
const shown = byId("shown");
let response = null;
let asked = 0;
let waiting;

/** The view that transforms typed, pasted or selected events into records at once. */
export async function startEditor() {
  listbox(byId("lines"));
  links(byId("lines"), byId("records"));
  input.addEventListener("input", () => {
    byId("sample").value = "";
    lookSoon(0);
  });
  shown.addEventListener("change", () => look(shown.selectedIndex));
  for (const preset of document.getElementsByName("preset")) preset.addEventListener("change", show);
  await Promise.all([startOptions(() => lookSoon(Math.max(shown.selectedIndex, 0))), startSamples()]);
}

function lookSoon(index) {
  clearTimeout(waiting);
  waiting = setTimeout(() => look(index), 120);
}

export const text = () => input.value;

async function startSamples() {
  const samples = await api.samples();
  const picker = byId("sample");
  picker.replaceChildren(
    el("option", { value: "" }, "Your own"),
    ...[...new Set(samples.map(sample => sample.group))].map(group => groupOf(group, samples)));
  picker.addEventListener("change", () => {
    if (picker.value === "") return;
    input.value = textOf(picker.value, samples);
    look(0);
  });
  picker.value = samples.findIndex(sample => sample.label.startsWith("Identify"));
  picker.dispatchEvent(new Event("change"));
}

/** Creates the options of a group of samples, and one for all of them. */
function groupOf(group, samples) {
  const all = samples.findIndex(sample => sample.group === group) === 0 ? "all" : `all ${group}`;
  return el("optgroup", { label: group },
    samples.map((sample, at) => sample.group === group ? el("option", { value: at }, sample.label) : null),
    el("option", { value: all, "data-group": group }, "All of these"));
}

function textOf(choice, samples) {
  const group = byId("sample").selectedOptions[0].dataset.group;
  if (group === undefined) return pretty(samples[choice].json);
  return samples.filter(sample => sample.group === group).map(sample => sample.json).join("\n");
}

/** Formats samples only: pasted text does not change, and no sample has numbers that JavaScript rounds. */
const pretty = json => JSON.stringify(JSON.parse(json), null, 2);

async function look(index) {
  const number = ++asked;
  const events = input.value;
  if (events.trim() === "") {
    response = null;
    show();
    return;
  }
  try {
    const latest = await api.transform(events, index, chosenOptions());
    if (number !== asked) return;
    response = latest;
    show();
  } catch (error) {
    if (number === asked) verdict(error.message, "invalid");
  }
}

function show() {
  const preset = document.querySelector("[name=preset]:checked").value;
  const event = response?.shown ?? null;
  showOptionError(response?.optionError ?? null);
  showRecords(event, preset, response?.optionError ? "Correct the options first." : "Paste an event, or pick a sample.");
  showLines(event, preset);
  showChoice();
  showVerdict(event);
}

function showChoice() {
  const events = response?.events ?? [];
  byId("shown-field").hidden = events.length < 2;
  byId("send").textContent = events.length > 1 ? `Send these ${events.length} events` : "Send this event";
  shown.replaceChildren(...events.map((event, at) => el("option", { value: at }, `${at + 1}. ${event.label} (${event.status.toLowerCase()})`)));
  if (response?.shown) shown.selectedIndex = response.shown.index;
}

function showVerdict(event) {
  if (response?.optionError) return verdict("An option is wrong: see Options.", "invalid");
  if (!event) return verdict("Nothing to transform yet.", "");
  const { error, filterReason, records, warnings } = event.default;
  if (error) return verdict(`${error.code}${error.field === "" ? "" : ` (${error.field})`}: ${error.message}`, "invalid");
  if (filterReason) return verdict(`Filtered: ${filterReason}`, "");
  return verdict(`${plural(records.length, "record")}, ${plural(warnings.length, "warning")}`, warnings.length > 0 ? "warns" : "mapped");
}

function verdict(words, kind) {
  byId("verdict").textContent = words;
  byId("verdict").dataset.kind = kind;
}
