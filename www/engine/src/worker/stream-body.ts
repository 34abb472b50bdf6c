/** A request's body that arrives in messages. */
import { aborted } from "../errors.js";
import { CHUNKS_IN_FLIGHT } from "../protocol.js";
import type { Pull } from "./module.js";

/** Queues what arrives until the engine pulls it, and grants the sender credit for as much as there is room. */
export class StreamBody {
  #queue: Uint8Array[] = [];
  #ended = false;
  #error: Error | undefined;
  #wake: () => void = () => {};

  constructor(private readonly credit: () => void) {
    for (let granted = 0; granted < CHUNKS_IN_FLIGHT; granted += 1) credit();
  }

  push(bytes: Uint8Array): void {
    this.#queue.push(bytes);
    this.#wake();
  }

  end(): void {
    this.#ended = true;
    this.#wake();
  }

  fail(error: Error = aborted()): void {
    this.#error = error;
    this.#wake();
  }

  readonly pull: Pull = async () => {
    for (;;) {
      const next = this.#queue.shift();
      if (next) {
        this.credit();
        return next;
      }
      if (this.#error) throw this.#error;
      if (this.#ended) return undefined;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  };
}
