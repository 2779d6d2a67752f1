import { byId, el } from "./dom.js";
import { replaceOptions } from "./listbox.js";

const pointing = "Point at a line, or use the arrow keys, to see where it goes.";

/** Shows the event, one value a line, each with the fields that it becomes. */
export function showLines(event, preset) {
  const fields = fieldsByLine(event?.[preset].records ?? []);
  replaceOptions(byId("lines"), (event?.lines ?? []).map((line, number) => lineOf(line, number, fields.get(number) ?? [])));
  byId("lines-note").textContent = event ? noteOf(event) : pointing;
}

function lineOf(line, number, fields) {
  return el("li", { "data-line": number, "data-key": number },
    el("span", { class: "code" },
      "  ".repeat(line.depth),
      line.name === "" ? null : el("span", { class: "name" }, line.name),
      line.name === "" ? null : ": ",
      el("span", { class: kindOf(line.value) }, line.value),
      line.comma ? "," : null),
    fields.length === 0 ? null : el("span", { class: "goes" }, `→ ${fields.length > 2 ? `${fields.length} fields` : fields.join(", ")}`));
}

function fieldsByLine(records) {
  const byLine = new Map();
  for (const field of records.flatMap(record => record.fields)) {
    for (const line of field.sources) byLine.set(line, [...byLine.get(line) ?? [], shortName(field.path)]);
  }
  return byLine;
}

/** The objects that contain all fields; their names are not repeated. */
const shortName = path => path.replace(/^(profileData|evtData|tokenData)\./, "");

function kindOf(value) {
  if (value.startsWith('"')) return "text";
  return /^[-0-9tfn]/.test(value) ? "literal" : "bracket";
}

function noteOf(event) {
  const notes = [pointing];
  if (event.valuesTried < event.values) notes.push(`Links are shown for the first ${event.valuesTried} of ${event.values} values.`);
  if (event.valuesKeptWhole > 0) notes.push(`${event.valuesKeptWhole} large objects or arrays of the records are shown as one field each.`);
  if (event.linesLeftOut > 0) notes.push(`${event.linesLeftOut} more lines are not shown.`);
  return notes.join(" ");
}
