import * as api from "./api.js";
import { byId, el, plural, svg } from "./dom.js";

const kinds = ["Delivered", "Filtered", "Invalid", "Rejected", "Undelivered"];
const width = 300;
const height = 80;

/** Draws the values of the library's meter; the captions give them as text. */
export async function showCharts() {
  const { outcomes, inFlight, batchSizes } = await api.meter();
  outcomesChart(outcomes, inFlight.length);
  inFlightChart(inFlight);
  batchesChart(batchSizes);
}

function outcomesChart(outcomes, seconds) {
  const shown = kinds.filter(kind => outcomes[kind]?.some(count => count > 0));
  const totals = Array.from({ length: seconds }, (_, at) => shown.reduce((sum, kind) => sum + outcomes[kind][at], 0));
  const most = Math.max(1, ...totals);
  const bars = totals.flatMap((_, at) => {
    let base = height;
    return shown.map(kind => {
      const tall = outcomes[kind][at] / most * height;
      base -= tall;
      return bar(at, seconds, base, tall, kind.toLowerCase());
    });
  });
  const words = shown.map(kind => `${sum(outcomes[kind])} ${kind}`);
  draw("chart-outcomes", bars, `up to ${plural(most, "event")} a second`, lastMinute,
    words.length === 0 ? "No events in the last minute." : `Last minute: ${words.join(", ")}.`, shown);
}

function inFlightChart(inFlight) {
  const most = Math.max(1, ...inFlight);
  const bars = inFlight.map((count, at) => bar(at, inFlight.length, height - count / most * height, count / most * height, "uploads"));
  draw("chart-in-flight", bars, `up to ${most} at once`, lastMinute, `${inFlight.at(-1)} in this second, ${Math.max(...inFlight)} at most in the last minute.`);
}

function batchesChart(sizes) {
  const largest = Math.max(10, ...sizes.map(size => size.records));
  const most = Math.max(1, ...sizes.map(size => size.uploads));
  const bars = sizes.map(({ records, uploads }) => bar(records - 1, largest, height - uploads / most * height, uploads / most * height, "uploads"));
  const usual = sizes.find(size => size.uploads === most);
  draw("chart-batches", bars, `up to ${plural(most, "upload")}`, ["1 record", plural(largest, "record")],
    usual ? `${plural(sum(sizes.map(size => size.uploads)), "upload")} since the start, retries too; most often of ${plural(usual.records, "record")} (${usual.uploads}).` : "No uploads yet.");
}

const lastMinute = ["60 s ago", "now"];

function draw(id, bars, scale, [from, to], caption, legend = []) {
  const figure = byId(id);
  figure.querySelector(".chart").replaceChildren(
    el("span", { class: "scale" }, scale),
    svg("svg", { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", role: "img", "aria-label": caption }, bars),
    el("span", { class: "axis" }, el("span", {}, from), el("span", {}, to)),
    legend.length === 0 ? "" : el("span", { class: "legend" }, legend.map(kind => el("span", { class: `outcome ${kind.toLowerCase()}` }, kind))));
  figure.querySelector("figcaption").textContent = caption;
}

function bar(at, of, y, tall, kind) {
  const step = width / of;
  return tall === 0 ? null : svg("rect", { x: at * step + step * 0.1, y, width: step * 0.8, height: tall, class: kind });
}

const sum = counts => counts.reduce((total, count) => total + count, 0);
