// Gives the tests the client, connected as the address says: ?ephemeral=<id>, ?serviceWorker=no, ?storage=memory,
// ?client=next for a client of another protocol version, ?connect=no for a page that only loads the client.
const asked = new URLSearchParams(location.search);
const api = await import(asked.get("client") === "next" ? "./kinglet-next.js" : "./kinglet.js");
const options = {};
if (asked.has("ephemeral")) options.ephemeral = asked.get("ephemeral");
if (asked.has("storage")) options.storage = asked.get("storage");
if (asked.get("serviceWorker") === "no") options.serviceWorker = false;

window.api = api;
window.changes = [];
window.states = [];
if (asked.get("connect") !== "no") {
  window.kinglet = api.connect(options);
  window.kinglet.onStatus((status) => window.states.push(status));
  window.kinglet.subscribe((change) => window.changes.push(change));
}
window.archive = () => import("./archive.js");
window.loaded = true;
