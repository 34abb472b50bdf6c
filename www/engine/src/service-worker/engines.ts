/** Ports to the engines, found by asking the tabs. All of it is lost when the browser stops this worker, and found again. */
import { Connection } from "../connection.js";
import { unavailable } from "../errors.js";
import { askForPort, type Ask, type Handover } from "../handover.js";
import { base, scope } from "./scope.js";

/** A tab that runs Kinglet answers within this time, a starting engine is ready within that. In milliseconds. */
const PATIENCE = { first: 1500, starting: 30_000 };

const connections = new Map<string, Connection>();

/** The connection to the engine that is called `key`. */
export function engine(key: string): Connection {
  let connection = connections.get(key);
  if (!connection) {
    connection = new Connection(() => find(key));
    connection.onLost = () => connections.delete(key);
    connections.set(key, connection);
  }
  return connection;
}

async function find(key: string): Promise<Handover> {
  if ((await tabs()).length === 0) throw unavailable("no tab of this site is open");
  return askForPort(key, (ask, reply) => void passOn(ask, reply), PATIENCE);
}

/** Ask every tab, each through its own channel, and give all answers to `reply`. */
export async function passOn(ask: Ask, reply: MessagePort): Promise<void> {
  for (const tab of await tabs()) {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data, ports }) => reply.postMessage(data, [...ports]);
    tab.postMessage(ask, [port2]);
  }
}

async function tabs(): Promise<readonly WindowClient[]> {
  const all = await scope.clients.matchAll({ type: "window", includeUncontrolled: true });
  return all.filter((tab) => tab.url.startsWith(base.href));
}
