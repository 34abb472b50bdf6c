/** A body that arrives as messages, turned into a stream. */
import { CHUNKS_IN_FLIGHT } from "./protocol.js";

/** What the reader tells the sender, and its owner at the end. */
export interface ReaderLink {
  /** One more chunk may be sent. */
  credit(): void;
  /** Nobody wants the rest. */
  cancel(): void;
  /** Nothing more will come. */
  done(): void;
}

/** Collects chunks into a stream and grants the sender credit as they are taken. */
export class ChunkReader {
  readonly stream: ReadableStream<Uint8Array>;
  #controller!: ReadableStreamDefaultController<Uint8Array>;
  #link: ReaderLink = { credit() {}, cancel() {}, done() {} };
  #open = true;
  /** Chunks that arrived and whose credit was not given back. */
  #owed = 0;

  constructor() {
    this.stream = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller;
        },
        pull: () => this.#giveBack(),
        cancel: () => {
          this.#open = false;
          this.#link.cancel();
        },
      },
      { highWaterMark: CHUNKS_IN_FLIGHT },
    );
  }

  connect(link: ReaderLink): void {
    this.#link = link;
  }

  push(bytes: Uint8Array): void {
    if (!this.#open) return;
    this.#owed += 1;
    this.#controller.enqueue(bytes);
    if ((this.#controller.desiredSize ?? 0) > 0) this.#giveBack();
  }

  end(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#controller.close();
    this.#link.done();
  }

  fail(error: Error): void {
    if (!this.#open) return;
    this.#open = false;
    this.#controller.error(error);
    this.#link.done();
  }

  #giveBack(): void {
    for (; this.#owed > 0; this.#owed -= 1) this.#link.credit();
  }
}
