/** Loading the wasm module. */
import initialize, * as bindings from "../../wasm/engine.js";
import type { EngineModule } from "./module.js";

/** Compile while it downloads. */
export async function load(address: string): Promise<EngineModule> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`the engine's module answered ${response.status} (${address})`);
  await initialize({ module_or_path: response });
  return bindings as unknown as EngineModule;
}
