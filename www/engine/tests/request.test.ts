/** Requests and responses taken apart and put together. */
import { expect, test } from "vitest";
import { toResponse, toWireRequest } from "../src/request.js";

const post = (body: BodyInit, more: RequestInit = {}) => new Request("https://example.org/v0/events", { method: "POST", body, ...more });

test("a small body travels with the call", async () => {
  const { wire, stream } = await toWireRequest(post('{"a":1}', { headers: { "X-Kind": "small" } }), "/v0/events");
  expect(stream).toBeUndefined();
  expect(wire).toMatchObject({ method: "POST", path: "/v0/events" });
  expect(wire.headers).toContainEqual(["x-kind", "small"]);
  expect(wire.body.kind === "bytes" && new TextDecoder().decode(wire.body.bytes)).toBe('{"a":1}');
});

test("a large body follows as a stream, with nothing lost", async () => {
  const large = new Uint8Array(3 << 20).map((_, at) => at % 251);
  const { wire, stream } = await toWireRequest(post(large), "/v0/events");
  expect(wire.body).toEqual({ kind: "stream" });
  const back = new Uint8Array(await new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer());
  expect(back.length).toBe(large.length);
  expect(back.every((byte, at) => byte === large[at])).toBe(true);
});

test("a request without a body says so", async () => {
  expect((await toWireRequest(new Request("https://example.org/tokens"), "/tokens")).wire.body).toEqual({ kind: "none" });
  expect((await toWireRequest(post(""), "/v0/events")).wire.body).toEqual({ kind: "none" });
});

test.each([204, 304])("a %i response has no body, whatever was sent", async (status) => {
  const response = toResponse("GET", { status, headers: [] }, new Response("ignored").body as ReadableStream<Uint8Array>);
  expect(response.status).toBe(status);
  expect(await response.text()).toBe("");
});

test("an answer to HEAD has headers alone", async () => {
  const head = { status: 200, headers: [["content-type", "application/json"]] as [string, string][] };
  const response = toResponse("HEAD", head, new Response("ignored").body as ReadableStream<Uint8Array>);
  expect(response.headers.get("content-type")).toBe("application/json");
  expect(await response.text()).toBe("");
});
