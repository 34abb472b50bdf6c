// Gives the tests the client, connected as the address says: ?ephemeral=<id>, ?serviceWorker=no, ?storage=memory.
import * as api from "./kinglet.js";

const asked = new URLSearchParams(location.search);
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
