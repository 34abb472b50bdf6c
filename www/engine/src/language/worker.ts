/**
 * The language worker: loads the module and answers one client.
 *
 * A panic or trap ends the worker, since the module's memory may be in any state; the client starts another.
 */
import initialize, * as bindings from "../../wasm/language.js";
import type { LanguageModule } from "./module.js";
import type { FromLanguage, ToLanguage } from "./protocol.js";
import { LanguageSession } from "./session.js";

const scope = self as unknown as DedicatedWorkerGlobalScope;

let session: LanguageSession | undefined;
/** Calls are answered one after the other, in their order. */
let last: Promise<void> = Promise.resolve();

scope.onmessage = (event: MessageEvent<ToLanguage>) => {
  last = last.then(() => serve(event.data));
};

async function serve(call: ToLanguage): Promise<void> {
  const { id } = call;
  try {
    const result = call.method === "open" ? await open(call.params) : await answer(call);
    say({ type: "result", id, result });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (!(error instanceof WebAssembly.RuntimeError)) {
      say({ type: "failed", id, message });
      return;
    }
    say({ type: "crashed", message });
    scope.close();
  }
}

function say(message: FromLanguage): void {
  scope.postMessage(message);
}

/** Compile while it downloads. */
async function open(files: { wasm: string; functions: string }): Promise<null> {
  const response = await fetch(files.wasm);
  if (!response.ok) throw new Error(`the language module answered ${response.status} (${files.wasm})`);
  await initialize({ module_or_path: response });
  const module = bindings as unknown as LanguageModule;
  session = new LanguageSession(new module.Language(), files.functions);
  return null;
}

async function answer(call: ToLanguage): ReturnType<LanguageSession["answer"]> {
  if (!session) throw new Error("the language module is not loaded");
  return session.answer(call);
}
