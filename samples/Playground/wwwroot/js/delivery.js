import * as api from "./api.js";
import { byId, el, plural } from "./dom.js";

const mostTogether = 90;
const mostListed = 500;
const sliders = [...document.querySelectorAll("[data-share]")];
let faultsAreSet = Promise.resolve();

/** The dock: sends events, lists their outcomes and sets the faults of the emulator. */
export function startDelivery(text, onProgress) {
  const sendText = () => deliver(() => api.send(text()), onProgress);
  byId("send").addEventListener("click", sendText);
  byId("input").addEventListener("keydown", event => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) sendText();
  });
  byId("send-many").addEventListener("click", () => {
    const count = byId("count");
    if (count.reportValidity()) deliver(() => api.sendMadeUp(count.valueAsNumber, byId("reject").checked), onProgress);
  });
  return startFaults();
}

async function deliver(send, onProgress) {
  const buttons = [byId("send"), byId("send-many")];
  // aria-disabled instead of disabled, so that the button keeps the focus.
  if (buttons[0].getAttribute("aria-disabled") === "true") return;
  for (const button of buttons) button.setAttribute("aria-disabled", true);
  byId("sent").textContent = "On the way…";
  const watch = setInterval(onProgress, 400);
  try {
    await faultsAreSet;
    showOutcomes(await send());
  } catch (error) {
    byId("sent").textContent = error.message;
  } finally {
    clearInterval(watch);
    for (const button of buttons) button.removeAttribute("aria-disabled");
    onProgress();
  }
}

function showOutcomes(response) {
  const counts = Object.entries(response.counts).map(([kind, count]) => `${count} ${kind}`).join(", ");
  const retries = response.failed === 0 ? "none of them failed" : `${response.failed} of them failed and ${response.failed === 1 ? "was" : "were"} tried again`;
  byId("sent").textContent = `${plural(response.outcomes.length, "event")}: ${counts}. ${plural(response.requests, "request")}, ${retries}.`;
  byId("outcomes").hidden = false;
  byId("outcome-list").replaceChildren(
    ...response.outcomes.slice(0, mostListed).map(outcome => el("li", {},
      el("span", { class: "index" }, `${outcome.index}`),
      el("span", { class: `outcome ${outcome.kind.toLowerCase()}` }, outcome.kind),
      el("span", { class: "message-id" }, outcome.messageId ?? "no messageId"),
      outcome.detail === "" ? null : el("span", { class: "detail" }, outcome.detail))),
    ...response.outcomes.length > mostListed ? [el("li", { class: "hint" }, `and ${response.outcomes.length - mostListed} more`)] : []);
}

async function startFaults() {
  const shares = await api.faults();
  for (const slider of sliders) {
    slider.value = shares[slider.dataset.share];
    slider.addEventListener("input", () => makeRoomFor(slider));
    slider.addEventListener("change", () => {
      // One request at a time, or an earlier position of a slider might arrive last.
      faultsAreSet = faultsAreSet.then(setFaults);
    });
  }
  showShares();
}

async function setFaults() {
  try {
    await api.setFaults(Object.fromEntries(sliders.map(slider => [slider.dataset.share, slider.valueAsNumber])));
  } catch (error) {
    byId("sent").textContent = error.message;
  }
}

/** Reduces the other faults if the sum is too large, because some requests must succeed. */
function makeRoomFor(moved) {
  let tooMuch = sliders.reduce((sum, slider) => sum + slider.valueAsNumber, -mostTogether);
  for (const slider of sliders.filter(other => other !== moved)) {
    const less = Math.min(Math.max(tooMuch, 0), slider.valueAsNumber);
    slider.value = slider.valueAsNumber - less;
    tooMuch -= less;
  }
  showShares();
}

function showShares() {
  for (const slider of sliders) slider.parentElement.querySelector("output").textContent = `${slider.value} %`;
}
