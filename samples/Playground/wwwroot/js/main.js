import { showCharts } from "./charts.js";
import { startDelivery } from "./delivery.js";
import { byId } from "./dom.js";
import { startEditor, text } from "./editor.js";
import { showStored, startStored } from "./stored.js";
import { tabs } from "./tabs.js";

const every = 1000;
let isRefreshing = false;
let isAskedAgain = false;

/** Refreshes the second view while it is visible. */
async function refresh() {
  if (byId("view-stored").hidden || document.hidden) return;
  isAskedAgain = true;
  if (isRefreshing) return;
  isRefreshing = true;
  try {
    while (isAskedAgain) {
      isAskedAgain = false;
      await Promise.all([showStored(), showCharts()]);
    }
  } catch (error) {
    byId("sent").textContent = error.message;
  } finally {
    isRefreshing = false;
  }
}

tabs(document.querySelector("[role=tablist]"), refresh);
startStored(refresh);
setInterval(refresh, every);
await Promise.all([startEditor(), startDelivery(text, refresh)]);
