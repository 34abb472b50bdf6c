/** A stream sent as messages, as fast as the receiver grants credit. */

/** Where the chunks go. */
export interface WriterLink {
  chunk(bytes: Uint8Array): void;
  end(): void;
  fail(error: unknown): void;
}

/** Reads a stream only when the receiver has room: before the first credit nothing was read. */
export class ChunkWriter {
  #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  #link: WriterLink | undefined;
  #credit = 0;
  #running = false;
  #stopped = false;

  constructor(private readonly source: ReadableStream<Uint8Array>) {}

  connect(link: WriterLink): void {
    this.#link = link;
  }

  grant(): void {
    this.#credit += 1;
    if (!this.#running) void this.#run();
  }

  /** Stop reading. A stream that was never touched stays usable, so that its request can be sent again. */
  cancel(reason: Error): void {
    this.#stopped = true;
    this.#reader?.cancel(reason).catch(() => {
      // The source failed by itself.
    });
  }

  async #run(): Promise<void> {
    this.#running = true;
    try {
      this.#reader ??= this.source.getReader();
      while (this.#credit > 0 && !this.#stopped) {
        const { value, done } = await this.#reader.read();
        if (this.#stopped) break;
        if (done) {
          this.#stopped = true;
          this.#link?.end();
          break;
        }
        this.#credit -= 1;
        this.#link?.chunk(value);
      }
    } catch (error) {
      this.#stopped = true;
      this.#link?.fail(error);
    }
    this.#running = false;
  }
}
