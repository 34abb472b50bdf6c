/** Finding the engine again, and which requests are sent a second time. */
import { expect, test } from "vitest";
import { Connection } from "../src/connection.js";
import { unavailable } from "../src/errors.js";
import type { Handover } from "../src/handover.js";
import { PROTOCOL, type FromEngine, type ToEngine } from "../src/protocol.js";
import type { Outgoing } from "../src/request.js";

/** An engine that greets, and does with each request what the test says. */
function engine(onRequest: (id: number, say: (message: FromEngine) => void) => void): Handover {
  const { port1, port2 } = new MessageChannel();
  port2.onmessage = ({ data }: MessageEvent<ToEngine>) => {
    if (data.type !== "call") return;
    const say = (message: FromEngine) => port2.postMessage(message);
    if (data.method === "hello") say({ type: "result", id: data.id, result: { version: "0", storage: "memory" } });
    else onRequest(data.id, say);
  };
  // The test ends with open ports; they must not keep node alive.
  (port1 as unknown as { unref(): void }).unref();
  (port2 as unknown as { unref(): void }).unref();
  return { port: port1, engine: `test:${PROTOCOL}` };
}

function serving(text: string): Handover {
  return engine((id, say) => {
    say({ type: "accepted", id });
    say({ type: "result", id, result: { status: 200, headers: [] } });
    say({ type: "chunk", id, bytes: new TextEncoder().encode(text) });
    say({ type: "end", id });
  });
}

const get: Outgoing = { wire: { method: "GET", path: "/tokens", headers: [], body: { kind: "none" } } };

async function text(connection: Connection): Promise<string> {
  const { body } = await connection.request(get);
  return new Response(body as ReadableStream<Uint8Array<ArrayBuffer>>).text();
}

test("one engine serves all requests until it ends, then the next is found", async () => {
  const engines = [serving("first"), serving("second")];
  let found = 0;
  const connection = new Connection(async () => engines[found++] as Handover);
  expect(await text(connection)).toBe("first");
  expect(await text(connection)).toBe("first");
  connection.drop();
  expect(await text(connection)).toBe("second");
  expect(found).toBe(2);
});

test("what a lost engine had not accepted is sent again", async () => {
  const engines = [engine(() => {}), serving("second")];
  const connection = new Connection(async () => engines.shift() as Handover);
  const answer = text(connection);
  const channel = await connection.channel();
  await new Promise((resolve) => setTimeout(resolve, 20));
  channel.end();
  expect(await answer).toBe("second");
});

test("what a lost engine had accepted fails, and may be tried again by the caller", async () => {
  const engines = [engine((id, say) => say({ type: "accepted", id })), serving("second")];
  const connection = new Connection(async () => engines.shift() as Handover);
  const answer = text(connection);
  const channel = await connection.channel();
  await new Promise((resolve) => setTimeout(resolve, 20));
  channel.end();
  await expect(answer).rejects.toMatchObject({ code: "leader_lost", accepted: true, retryable: true });
});

test("an engine that cannot be found is looked for again at the next request", async () => {
  let asked = 0;
  const connection = new Connection(async () => {
    asked += 1;
    if (asked === 1) throw unavailable("no tab runs the engine");
    return serving("found");
  });
  await expect(text(connection)).rejects.toMatchObject({ code: "engine_unavailable" });
  expect(await text(connection)).toBe("found");
});
