import { byId, el, pathOf, plural } from "./dom.js";
import { listbox, replaceOptions } from "./listbox.js";

/** The maximum number of rows: a browser is slow with more. */
const mostRows = 500;

/** Shows the records of one event under one preset, the warnings, and the differences between the presets. */
export function showRecords(event, preset, nothing) {
  const view = event?.[preset];
  byId("records").replaceChildren(...view ? recordsOf(event, view) : [empty(nothing)]);
  byId("warnings").replaceChildren(...event ? [lookedAt(event, preset), warningsOf(event[checkedBy(event, preset)])] : [empty("Nothing to look at yet.")]);
  byId("web").replaceChildren(...view ? webCallsOf(view.web) : [empty("Nothing to call yet.")]);
  byId("differences").replaceChildren(event ? differencesOf(event) : empty("Nothing to compare yet."));
}

function recordsOf(event, view) {
  if (view.error) return [errorOf(view.error)];
  if (view.filterReason) return [empty(`Filtered (${view.filterReason}): the event says that it is not for CleverTap.`)];
  return view.records.map(record => {
    const list = el("ol", { role: "listbox", class: "fields", "aria-label": `Fields: ${record.title}` });
    listbox(list);
    replaceOptions(list, record.fields.slice(0, mostRows).map(field => fieldOf(event, field)));
    return el("article", { class: "record" }, el("h3", {}, record.title), list, restOf(record.fields), conditionsOf(event, record));
  });
}

function fieldOf(event, field) {
  const from = field.sources.length === 0 ? "set by the mapping" : ["from ", pathsOf(event, field.sources)];
  return el("li", { "data-sources": field.sources.join(" "), "data-key": field.path },
    el("span", { class: "name" }, pathOf(field.path)),
    el("span", { class: "value" }, field.value),
    el("span", { class: field.sources.length === 0 ? "from none" : "from" }, from));
}

function conditionsOf(event, record) {
  if (record.conditions.length === 0) return null;
  return el("p", { class: "hint conditions", "data-sources": record.conditions.join(" ") },
    "This record exists because of ", pathsOf(event, record.conditions), ".");
}

const pathsOf = (event, lines) => lines.flatMap((line, at) => [at === 0 ? "" : ", ", pathOf(event.lines[line]?.path ?? `line ${line + 1}`)]);

function errorOf(error) {
  return el("div", { class: "problem" },
    el("p", {}, el("strong", {}, error.code), error.field === "" ? null : el("code", {}, error.field)),
    el("p", {}, error.message),
    el("p", { class: "hint" }, `Expected: ${error.expected}`));
}

/** A preset that does not check the rules has no warnings: the warnings of Default are shown instead. */
const checkedBy = (event, preset) => event[preset].checksRules ? preset : "default";

function lookedAt(event, preset) {
  if (checkedBy(event, preset) === preset) return "";
  return el("p", { class: "hint" }, "As Default sees it: RudderTransformer sends without looking (CheckRules is off).");
}

function warningsOf(view) {
  if (!view.checksRules) return empty("Nothing was looked at: CheckRules is off.");
  if (view.warnings.length === 0) return empty(view.error || view.filterReason ? "There is no record to look at." : "Nothing: CleverTap should take it as it is.");
  return el("ul", { class: "warnings" }, view.warnings.map(warning => el("li", {},
    el("p", {}, el("strong", {}, warning.code), el("code", {}, warning.field), warning.cleverTapCode ? el("span", { class: "badge" }, warning.cleverTapCode) : null),
    el("p", {}, warning.message))));
}

/** Shows the calls of CleverTap's web SDK that replace the upload. */
function webCallsOf(web) {
  if (web.error) return [el("p", { class: "empty" }, `No page can send this: ${web.error}.`)];
  if (web.filterReason) return [empty(`Filtered (${web.filterReason}): the event says that it is not for CleverTap.`)];
  if (web.calls.length === 0) return [empty("None: the event says nothing about anybody.")];
  return [
    el("p", { class: "hint" }, "The calls of CleverTap's web SDK; $D_ values become dates, and the time is the moment of the call."),
    ...web.calls.map(call => el("pre", { class: "code call" }, call)),
  ];
}

function differencesOf(event) {
  const [guide, parity] = [event.default, event.rudderTransformer];
  const verdicts = statusOf(guide) === statusOf(parity) ? null : el("p", {}, `Default: ${statusOf(guide)}. RudderTransformer: ${statusOf(parity)}.`);
  if (event.differences.length === 0) return verdicts ?? empty("Nowhere: both give the same.");
  const manyRecords = new Set(event.differences.map(field => field.record)).size > 1;
  const rows = event.differences.slice(0, mostRows).map(field => el("tr", { class: kindOf(field) },
    el("th", { scope: "row" }, manyRecords ? el("span", { class: "of" }, field.record) : null, pathOf(field.path)),
    cellOf(field.default),
    cellOf(field.rudderTransformer)));
  return el("div", {}, verdicts,
    el("table", { class: "differences" },
      el("caption", {}, plural(event.differences.length, "field")),
      el("thead", {}, el("tr", {}, ["Field", "Default", ["Rudder", el("wbr"), "Transformer"]].map(name => el("th", { scope: "col" }, name)))),
      el("tbody", {}, rows)),
    restOf(event.differences));
}

const restOf = rows => rows.length > mostRows ? el("p", { class: "hint" }, `and ${plural(rows.length - mostRows, "more field")}`) : null;

const statusOf = view => view.error ? `${view.status} (${view.error.code})` : view.filterReason ? `${view.status} (${view.filterReason})` : view.status;

function kindOf(field) {
  if (field.rudderTransformer === null) return "only-default";
  return field.default === null ? "only-parity" : "differs";
}

const cellOf = value => value === null ? el("td", { class: "absent" }, "not there") : el("td", {}, el("code", {}, value));

const empty = text => el("p", { class: "empty" }, text);
