export const samples = () => ask("api/samples");
export const options = () => ask("api/options");
export const send = text => ask("api/send", { method: "POST", body: text });
export const sendMadeUp = (count, rejected) => ask(`api/send/made-up?count=${count}&rejected=${rejected}`, { method: "POST" });
export const faults = () => ask("api/faults");
export const stored = user => ask(`api/stored${user === null ? "" : `?user=${encodeURIComponent(user)}`}`);
export const forget = () => ask("api/stored", { method: "DELETE" });
export const meter = () => ask("api/meter");

export const transform = (text, shown, chosen) => ask(`api/transform?${new URLSearchParams([["shown", shown], ...chosen])}`, {
  method: "POST",
  body: text,
});

export const setFaults = shares => ask("api/faults", {
  method: "PUT",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify(shares),
});

async function ask(path, options) {
  const response = await fetch(path, options).catch(() => null);
  if (response === null) throw new Error("The playground does not respond: is it still running?");
  if (response.ok) return response.json();
  throw new Error(response.status === 413 ? "That is more than 4 MB." : `The playground responded with ${response.status}.`);
}
