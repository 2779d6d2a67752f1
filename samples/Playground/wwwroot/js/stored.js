import * as api from "./api.js";
import { byId, el, plural } from "./dom.js";
import { listbox, replaceOptions } from "./listbox.js";

let user = null;
let last = "";

/** Shows what the emulator has stored. */
export function startStored(refresh) {
  const list = byId("profiles");
  listbox(list);
  const choose = event => {
    const profile = event.target.closest("[data-key]");
    if (!profile || profile.dataset.key === user) return;
    user = profile.dataset.key;
    refresh();
  };
  list.addEventListener("click", choose);
  list.addEventListener("focusin", choose);
  byId("forget").addEventListener("click", async () => {
    await api.forget();
    user = null;
    refresh();
  });
}

export async function showStored() {
  const response = await api.stored(user);
  const now = JSON.stringify(response);
  if (now === last) return;
  last = now;
  byId("totals").replaceChildren(...totalsOf(response.totals));
  replaceOptions(byId("profiles"), response.profiles.map(profile => profileOf(profile, response.shown?.id)));
  byId("profile-body").replaceChildren(...response.shown ? inFull(response.shown) : [el("p", { class: "empty" }, "Nobody yet: send an event.")]);
  byId("title-profile").textContent = response.shown ? response.shown.id : "Profile";
  byId("rejected").replaceChildren(rejectedOf(response.rejected));
}

function totalsOf({ profiles, events, rejected, requests, faults }) {
  const failed = Object.values(faults).reduce((sum, count) => sum + count, 0);
  const kinds = { TooManyRequests: "429", ServerError: "500", LostResponse: "response lost" };
  const reasons = Object.entries(faults).map(([fault, count]) => `${count} × ${kinds[fault] ?? fault}`).join(", ");
  return [
    ["Profiles", profiles],
    ["Events stored", events, faults.LostResponse ? "some twice: a response was lost" : ""],
    ["Rejected records", rejected],
    ["Requests", requests],
    ["Tried again", failed, reasons],
  ].map(([name, count, remark]) => el("div", {}, el("dt", {}, name), el("dd", {}, count.toLocaleString("en")), remark ? el("dd", { class: "remark" }, remark) : null));
}

function profileOf(profile, shown) {
  return el("li", { "data-key": profile.id, "aria-selected": String(profile.id === shown) },
    el("span", { class: "id" }, profile.id),
    profile.name === null ? null : el("span", { class: "who" }, plain(profile.name)),
    profile.ids < 2 ? null : el("span", { class: "badge" }, `${profile.ids} ids`));
}

function inFull(profile) {
  const ids = [...profile.identities.map(id => ["identity", id]), ...profile.objectIds.map(id => ["objectId", id])];
  return [
    el("h3", {}, ids.length > 1 ? "One person under these ids" : "Id"),
    el("ul", { class: "ids" }, ids.map(([kind, id]) => el("li", {}, el("span", {}, kind), id))),
    el("h3", {}, "Attributes"),
    profile.attributes.length === 0 ? el("p", { class: "empty" }, "None.") : valuesOf(profile.attributes),
    el("h3", {}, `Timeline: ${plural(profile.eventCount, "event")}, the last first`),
    profile.events.length === 0 ? el("p", { class: "empty" }, "No events.") : el("ol", { class: "timeline", tabindex: 0, "aria-label": "Timeline" }, profile.events.map(eventOf)),
  ];
}

function eventOf(event) {
  const at = new Date(event.occurredAt * 1000);
  const iso = Number.isNaN(at.getTime()) ? String(event.occurredAt) : at.toISOString();
  return el("li", {},
    el("time", { datetime: iso }, iso.replace("T", " ").replace(/\.000Z$/, " UTC")),
    el("strong", {}, event.name),
    event.properties.length === 0 ? null : valuesOf(event.properties));
}

const valuesOf = values => el("dl", { class: "values" }, values.map(({ name, value }) => el("div", {}, el("dt", {}, name), el("dd", {}, plain(value)))));

function rejectedOf(rejected) {
  if (rejected.length === 0) return el("p", { class: "empty" }, "None.");
  return el("ol", { class: "rejected-records", tabindex: 0, "aria-labelledby": "title-rejected" }, rejected.map(({ code, error, record }) => el("li", {},
    el("p", {}, el("span", { class: "badge bad" }, code), error),
    el("code", {}, record))));
}

/** Formats a text without its quotes, and other values as they are stored. */
function plain(json) {
  const value = json.startsWith('"') ? JSON.parse(json) : json;
  return value === "" ? "(empty text)" : value;
}
