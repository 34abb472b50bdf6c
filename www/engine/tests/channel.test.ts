/** Requests over a port: bodies both ways, room for few chunks, aborts, and what is lost with an engine. */
import { afterEach, expect, test } from "vitest";
import { Channel, type Endpoint } from "../src/channel.js";
import { LeaderLost } from "../src/errors.js";
import { CHUNKS_IN_FLIGHT, PROTOCOL, type WireHead, type WireRequest } from "../src/protocol.js";
import { toResponse } from "../src/request.js";
import type { Pull } from "../src/worker/module.js";
import { bytes, loopback, settle, type Answer, type Loopback } from "./loopback.js";

let joined: Loopback | undefined;

async function join(answer: (path: string) => Answer): Promise<Loopback> {
  joined = await loopback(answer);
  return joined;
}

afterEach(() => joined?.close());

function get(path: string): WireRequest {
  return { method: "GET", path, headers: [], body: { kind: "none" } };
}

test("a response arrives with its status and its chunks in order", async () => {
  const head: WireHead = { status: 201, headers: [["x-kind", "made"]] };
  const { channel, exchanges } = await join(() => ({ head, chunks: [bytes("one "), bytes("two")] }));
  const answer = await channel.request(get("/v0/sql?q=1"));
  expect(answer.head).toEqual(head);
  expect(await new Response(answer.body as ReadableStream<Uint8Array<ArrayBuffer>>).text()).toBe("one two");
  expect(exchanges[0]).toMatchObject({ method: "GET", path: "/v0/sql?q=1" });
});

test("the engine runs ahead of a slow reader by a bounded number of chunks", async () => {
  const chunks = Array.from({ length: 100 }, (_, at) => bytes(String(at)));
  const { channel, exchanges } = await join(() => ({ chunks }));
  const { body } = await channel.request(get("/v0/big"));
  await settle();
  const ahead = exchanges[0]?.taken ?? 0;
  expect(ahead).toBeGreaterThan(0);
  expect(ahead).toBeLessThanOrEqual(2 * CHUNKS_IN_FLIGHT + 1);
  const reader = body.getReader();
  let seen = 0;
  while (!(await reader.read()).done) seen += 1;
  expect(seen).toBe(100);
});

test("a request's stream is read only after it was accepted, and not all at once", async () => {
  let read = 0;
  const source = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        read += 1;
        if (read > 50) controller.close();
        else controller.enqueue(bytes("x"));
      },
    },
    { highWaterMark: 0 },
  );
  let answered!: (head: WireHead) => void;
  const { channel, exchanges } = await join(() => ({ head: new Promise((resolve) => (answered = resolve)) }));
  const request: WireRequest = { method: "POST", path: "/v0/events", headers: [], body: { kind: "stream" } };
  const answer = channel.request(request, { stream: source });
  expect(read).toBe(0);
  await settle();
  expect(read).toBeLessThanOrEqual(CHUNKS_IN_FLIGHT);
  const pull = exchanges[0]?.body as Pull;
  let length = 0;
  for (let piece = await pull(); piece; piece = await pull()) length += piece.length;
  expect(length).toBe(50);
  answered({ status: 202, headers: [] });
  expect((await answer).head.status).toBe(202);
});

test("an abort before the head rejects the call and cancels the work", async () => {
  const { channel, exchanges } = await join(() => ({ head: new Promise(() => {}) }));
  const controller = new AbortController();
  const answer = channel.request(get("/v0/slow"), { signal: controller.signal });
  await settle();
  controller.abort();
  await expect(answer).rejects.toMatchObject({ code: "aborted" });
  await settle();
  expect(exchanges[0]?.cancelled).toBe(true);
});

test("cancelling the body cancels the work", async () => {
  const { channel, exchanges } = await join(() => ({ chunks: Array.from({ length: 100 }, () => bytes("x")) }));
  const { body } = await channel.request(get("/v0/big"));
  await body.cancel();
  await settle();
  expect(exchanges[0]?.cancelled).toBe(true);
});

test("a body that breaks off is an error, never a short document", async () => {
  const { channel } = await join(() => ({ chunks: [bytes("half"), new Error("the disk is gone")] }));
  const { body } = await channel.request(get("/v0/big"));
  await expect(new Response(body as ReadableStream<Uint8Array<ArrayBuffer>>).text()).rejects.toThrow("the disk is gone");
});

test("a trap in the module is the host's matter", async () => {
  const { channel, crashes } = await join(() => ({ chunks: [new WebAssembly.RuntimeError("unreachable")] }));
  const { body } = await channel.request(get("/v0/trap"));
  await settle();
  expect(crashes).toHaveLength(1);
  await body.cancel();
});

test("an engine that is lost tells whether it had begun", async () => {
  const { channel } = await join(() => ({ head: new Promise(() => {}) }));
  const accepted = channel.request(get("/v0/a"));
  await settle();
  const unaccepted = channel.request(get("/v0/b"));
  const outcomes = Promise.allSettled([accepted, unaccepted]);
  channel.end();
  const [first, second] = await outcomes;
  expect(first).toMatchObject({ status: "rejected", reason: { code: "leader_lost", accepted: true } });
  expect(second).toMatchObject({ status: "rejected", reason: { code: "leader_lost", accepted: false } });
  await expect(channel.request(get("/v0/c"))).rejects.toBeInstanceOf(LeaderLost);
});

test("a body under way breaks off when its engine is lost", async () => {
  const { channel } = await join(() => ({ chunks: Array.from({ length: 100 }, () => bytes("x")) }));
  const { body } = await channel.request(get("/v0/big"));
  channel.end();
  await expect(new Response(body as ReadableStream<Uint8Array<ArrayBuffer>>).text()).rejects.toMatchObject({ code: "leader_lost" });
});

test("changes arrive until the subscription ends", async () => {
  const { channel, tell } = await join(() => ({}));
  const seen: string[] = [];
  const end = channel.subscribe((change) => seen.push(change.name));
  await settle();
  tell({ kind: "datasources", name: "a" });
  await settle();
  end();
  await settle();
  tell({ kind: "datasources", name: "b" });
  await settle();
  expect(seen).toEqual(["a"]);
});

test("another protocol version and the owner's calls are refused", async () => {
  const { channel } = await join(() => ({}));
  await expect(channel.call("hello", { protocol: PROTOCOL + 1 })).rejects.toMatchObject({ code: "protocol_mismatch" });
  await expect(channel.call("close", null)).rejects.toMatchObject({ code: "internal" });
});

test("a session that ends drops all its work", async () => {
  const { channel, session, exchanges } = await join(() => ({ head: new Promise(() => {}) }));
  const answer = channel.request(get("/v0/slow"));
  answer.catch(() => {});
  await settle();
  session.end();
  expect(exchanges[0]?.cancelled).toBe(true);
});

test("a body that is at hand comes with the head", async () => {
  const { port1, port2 } = new MessageChannel();
  const channel = new Channel(port1 as unknown as Endpoint);
  port2.onmessage = ({ data }) => {
    const result = { status: 200, headers: [], body: new TextEncoder().encode("whole") };
    port2.postMessage({ type: "result", id: data.id, result });
  };
  const { head, body } = await channel.request(get("/v0/small"));
  const answer = toResponse("GET", head, body);
  expect(await answer.text()).toBe("whole");
  port1.close();
  port2.close();
});
