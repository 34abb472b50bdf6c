// Runs one function of the contract module and answers with what went wrong, or null.
import initialize, * as contract from "./opfs-contract.js";

self.onmessage = async ({ data: [name, ...parameters] }) => {
  try {
    await initialize({ module_or_path: fetch("./opfs-contract_bg.wasm") });
    await contract[name](...parameters);
    self.postMessage(null);
  } catch (error) {
    self.postMessage(String(error));
  }
};
