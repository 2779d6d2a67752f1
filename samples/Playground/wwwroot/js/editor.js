import * as api from "./api.js";
import { byId, el, plural } from "./dom.js";
import { showLines } from "./lines.js";
import { links } from "./links.js";
import { listbox } from "./listbox.js";
import { showRecords } from "./records.js";

const input = byId("input");
const shown = byId("shown");
let answer = null;
let asked = 0;
let waiting;

/** The view that turns what is typed, pasted or picked into records at once. */
export async function startEditor() {
  listbox(byId("lines"));
  links(byId("lines"), byId("records"));
  input.addEventListener("input", () => {
    byId("sample").value = "";
    clearTimeout(waiting);
    waiting = setTimeout(() => look(0), 120);
  });
  shown.addEventListener("change", () => look(shown.selectedIndex));
  for (const preset of document.getElementsByName("preset")) preset.addEventListener("change", show);
  await startSamples();
}

export const text = () => input.value;

async function startSamples() {
  const samples = await api.samples();
  const picker = byId("sample");
  picker.replaceChildren(
    el("option", { value: "" }, "Your own"),
    ...samples.map((sample, at) => el("option", { value: at }, sample.label)),
    el("option", { value: "all" }, "All of these"));
  picker.addEventListener("change", () => {
    if (picker.value === "") return;
    input.value = picker.value === "all" ? samples.map(sample => sample.json).join("\n") : pretty(samples[picker.value].json);
    look(0);
  });
  picker.value = samples.findIndex(sample => sample.label.startsWith("Identify"));
  picker.dispatchEvent(new Event("change"));
}

/** Samples only: what a person pastes is left alone, and numbers that JavaScript would round are none of a sample's. */
const pretty = json => JSON.stringify(JSON.parse(json), null, 2);

async function look(index) {
  const number = ++asked;
  const events = input.value;
  if (events.trim() === "") {
    answer = null;
    show();
    return;
  }
  try {
    const latest = await api.transform(events, index);
    if (number !== asked) return;
    answer = latest;
    show();
  } catch (error) {
    if (number === asked) verdict(error.message, "invalid");
  }
}

function show() {
  const preset = document.querySelector("[name=preset]:checked").value;
  const event = answer?.shown ?? null;
  showRecords(event, preset);
  showLines(event, preset);
  showChoice();
  showVerdict(event);
}

function showChoice() {
  const events = answer?.events ?? [];
  byId("shown-field").hidden = events.length < 2;
  byId("send").textContent = events.length > 1 ? `Send these ${events.length} events` : "Send this event";
  shown.replaceChildren(...events.map((event, at) => el("option", { value: at }, `${at + 1}. ${event.label} (${event.status.toLowerCase()})`)));
  if (answer?.shown) shown.selectedIndex = answer.shown.index;
}

function showVerdict(event) {
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
