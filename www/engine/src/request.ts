/** Between the platform's Request and Response and their form on the wire. */
import type { WireBody, WireHead, WireRequest } from "./protocol.js";

/** Bodies up to this many bytes travel with the call; larger ones follow as a stream. */
const INLINE_BYTES = 1 << 20;

/** Statuses whose Response must not have a body. */
const BODILESS = new Set([101, 103, 204, 205, 304]);

/** A request ready to be sent, again if need be. */
export interface Outgoing {
  wire: WireRequest;
  stream?: ReadableStream<Uint8Array>;
}

/** Take a Request apart. `path` is its address below the API's root, with the query. */
export async function toWireRequest(request: Request, path: string): Promise<Outgoing> {
  const wire: WireRequest = { method: request.method, path, headers: [...request.headers], body: { kind: "none" } };
  if (request.method === "GET" || request.method === "HEAD") return { wire };
  // Firefox does not show a request's body as a stream.
  if (!request.body) {
    const bytes = new Uint8Array(await request.arrayBuffer());
    if (bytes.length > 0) wire.body = { kind: "bytes", bytes };
    return { wire };
  }
  const { body, rest } = await readStart(request.body);
  wire.body = body;
  return rest ? { wire, stream: rest } : { wire };
}

/** Read a body up to the inline limit; what is longer becomes a stream again. */
async function readStart(source: ReadableStream<Uint8Array>): Promise<{ body: WireBody; rest?: ReadableStream<Uint8Array> }> {
  const reader = source.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (length <= INLINE_BYTES) {
    const { value, done } = await reader.read();
    if (done) return { body: length === 0 ? { kind: "none" } : { kind: "bytes", bytes: join(chunks, length) } };
    chunks.push(value);
    length += value.length;
  }
  return { body: { kind: "stream" }, rest: resume(chunks, reader) };
}

function join(chunks: Uint8Array[], length: number): Uint8Array {
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

/** The chunks read so far, then the rest. Nothing is read before somebody pulls. */
function resume(chunks: Uint8Array[], reader: ReadableStreamDefaultReader<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const early = chunks.shift();
        if (early) return controller.enqueue(early);
        const { value, done } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

/** Build the Response a page sees. */
export function toResponse(method: string, head: WireHead, body: ReadableStream<Uint8Array>): Response {
  const bodiless = method === "HEAD" || BODILESS.has(head.status);
  if (bodiless) void body.cancel();
  const sent = head.body ?? body;
  return new Response(bodiless ? null : (sent as Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>>), {
    status: head.status,
    headers: head.headers,
  });
}
