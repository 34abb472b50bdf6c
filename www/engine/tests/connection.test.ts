/** Finding the engine again, and which requests are sent a second time. */
import { expect, test } from "vitest";
import { Connection } from "../src/connection.js";
import { unavailable } from "../src/errors.js";
import type { Handover } from "../src/handover.js";
import { INSERT_ID, insertId, named } from "../src/inserts.js";
import { PROTOCOL, type FromEngine, type ToEngine, type WireRequest } from "../src/protocol.js";
import type { Outgoing } from "../src/request.js";

/** An engine that greets, and does with each request what the test says. */
function engine(onRequest: (id: number, say: (message: FromEngine) => void, request: WireRequest) => void): Handover {
  const { port1, port2 } = new MessageChannel();
  port2.onmessage = ({ data }: MessageEvent<ToEngine>) => {
    if (data.type !== "call") return;
    const say = (message: FromEngine) => port2.postMessage(message);
    if (data.method === "hello") say({ type: "result", id: data.id, result: { version: "0", storage: "memory" } });
    else if (data.method === "request") onRequest(data.id, say, data.params);
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

test("an insert is sent again under its name, though a lost engine had accepted it", async () => {
  const names: (string | undefined)[] = [];
  const losing = engine((id, say, request) => {
    names.push(insertId(request));
    say({ type: "accepted", id });
  });
  const winning = engine((id, say, request) => {
    names.push(insertId(request));
    say({ type: "result", id, result: { status: 202, headers: [] } });
    say({ type: "end", id });
  });
  const engines = [losing, winning];
  const connection = new Connection(async () => engines.shift() as Handover);
  const body = { kind: "bytes", bytes: new Uint8Array([123, 125]) } as const;
  const answer = connection.request({ wire: { method: "POST", path: "/v0/events?name=a", headers: [], body } });
  const channel = await connection.channel();
  await new Promise((resolve) => setTimeout(resolve, 20));
  channel.end();
  expect((await answer).head.status).toBe(202);
  expect(names[0]).toMatch(/^[0-9a-f-]{36}$/);
  expect(names[1]).toBe(names[0]);
});

test("only what adds rows is named, and a name that is there is kept", () => {
  const request = (method: string, path: string, headers: [string, string][] = []) => ({ method, path, headers, body: { kind: "none" } as const });
  for (const path of ["/v0/events?name=a", "/v0/datasources?mode=append", "/v1/datasources/a/append?format=csv", "/v0/pipes/p/copy"]) {
    expect(insertId(named(request("POST", path)))).toBeDefined();
  }
  for (const path of ["/v0/sql", "/v0/datasources/a/truncate", "/v0/pipes/p.json", "/v1/build"]) {
    expect(insertId(named(request("POST", path)))).toBeUndefined();
  }
  expect(insertId(named(request("GET", "/v0/datasources")))).toBeUndefined();
  expect(insertId(named(request("POST", "/v0/events", [[INSERT_ID, "mine"]])))).toBe("mine");
});
