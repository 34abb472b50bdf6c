/**
 * The engine's worker: loads the module, opens the workspace and serves the ports it is given.
 *
 * A panic or trap ends the whole worker, since the module's memory may be in any state. Its owner starts another one,
 * which opens what is on disk.
 */
import { EngineError, mismatch, toWire } from "../errors.js";
import { holdForever } from "../lifetime.js";
import { PROTOCOL, type Calls, type EngineInfo, type EngineMemory, type FromEngine, type OpenOptions, type ToEngine } from "../protocol.js";
import { load } from "./load.js";
import type { Engine } from "./module.js";
import { Session, type SessionHost } from "./session.js";

const scope = self as unknown as DedicatedWorkerGlobalScope;

let engine: Engine | undefined;
/** Nothing is begun any more: the worker is about to end. */
let retiring = false;
const sessions = new Set<Session>();

const host: SessionHost = {
  engine() {
    if (!engine) throw new EngineError("engine_unavailable", "the engine is not open", true);
    return engine;
  },
  get retiring() {
    return retiring;
  },
  memory,
  crashed: crash,
  ended: (session) => sessions.delete(session),
};

function memory(): EngineMemory {
  let running = engine?.runs_schedule() ? 1 : 0;
  for (const session of sessions) running += session.running;
  return { bytes: engine?.memory_bytes() ?? 0, running };
}

/** The last words of the module's panic hook; they say more than the trap that follows. */
let panicMessage: string | undefined;
Object.assign(scope, { kingletPanicked: (message: string) => (panicMessage = message) });

function crash(error: unknown): void {
  const message = panicMessage ?? (error instanceof Error ? error.message : String(error));
  const words: FromEngine = { type: "crashed", message };
  for (const session of sessions) session.say(words);
  scope.postMessage(words);
  scope.close();
}

scope.addEventListener("error", (event) => crash(event.error ?? event.message));
scope.addEventListener("unhandledrejection", (event) => crash(event.reason));

scope.onmessage = (event: MessageEvent<ToEngine>) => {
  const message = event.data;
  if (message.type === "call") void answerOwner(message);
};

type OwnerCall = Extract<ToEngine, { type: "call" }>;

async function answerOwner(call: OwnerCall): Promise<void> {
  const { id } = call;
  try {
    const result = await serveOwner(call);
    scope.postMessage({ type: "result", id, result } satisfies FromEngine);
    if (call.method === "close" || retiring) scope.close();
  } catch (error) {
    if (panicMessage !== undefined || error instanceof WebAssembly.RuntimeError) return crash(error);
    scope.postMessage({ type: "failed", id, error: toWire(error) } satisfies FromEngine);
  }
}

async function serveOwner(call: OwnerCall): Promise<Calls["open" | "attach" | "close" | "retire" | "memory"]["result"]> {
  switch (call.method) {
    case "open":
      return open(call.params);
    case "attach":
      attach(call.params.port);
      return null;
    case "ping":
      return null;
    case "memory":
      return memory();
    case "retire":
      if (memory().running > 0) return { retired: false };
      retiring = true;
      await engine?.close();
      return { retired: true };
    case "close":
      await engine?.close();
      return null;
    default:
      throw new EngineError("internal", `${call.method} is not the owner's call`);
  }
}

async function open(options: OpenOptions): Promise<EngineInfo> {
  if (options.protocol !== PROTOCOL) throw mismatch(options.protocol);
  await holdForever(options.engine);
  engine = await (await load(options.wasm)).open(options);
  return engine.info();
}

function attach(port: MessagePort): void {
  const session = new Session(port, host);
  sessions.add(session);
  port.onmessage = (event: MessageEvent<ToEngine>) => session.receive(event.data);
  // Only some browsers tell; elsewhere a page's lock does, see `hello`.
  port.addEventListener("close", () => session.end());
}
