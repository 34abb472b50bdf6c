/** The client's side of the conversation with its worker. */
import { expect, test } from "vitest";
import { LanguageClient } from "../../src/language/client.js";
import type { FromLanguage, ToLanguage } from "../../src/language/protocol.js";

type Answer = (call: ToLanguage, say: (message: FromLanguage) => void) => void;

/** A worker that answers as the test says, and remembers what it was told. */
class FakeWorker {
  onmessage: ((event: { data: FromLanguage }) => void) | null = null;
  onerror: ((event: unknown) => void) | null = null;
  readonly told: ToLanguage[] = [];
  terminated = false;

  constructor(private readonly answer: Answer) {}

  postMessage(call: ToLanguage): void {
    this.told.push(call);
    queueMicrotask(() => this.answer(call, (data) => this.onmessage?.({ data })));
  }

  terminate(): void {
    this.terminated = true;
  }
}

function client(answer: Answer): { client: LanguageClient; workers: FakeWorker[] } {
  const workers: FakeWorker[] = [];
  const worker = (): Worker => {
    workers.push(new FakeWorker(answer));
    return workers.at(-1) as unknown as Worker;
  };
  return { client: new LanguageClient({ base: "http://localhost/", worker }), workers };
}

test("answers reach the calls they belong to", async () => {
  const { client: language } = client(({ id, method, params }, say) => {
    if (method === "tokens") say({ type: "result", id, result: new Uint32Array([0, params.text.length, 3]) });
    else say({ type: "result", id, result: null });
  });
  const texts = ["a", "bcd", "ef"];
  const answers = await Promise.all(texts.map((text) => language.tokens({ path: "q.sql", text })));
  expect(answers.map((tokens) => tokens[1])).toEqual([1, 3, 2]);
});

test("a crashed worker is replaced and told the project again", async () => {
  const { client: language, workers } = client(({ id, method }, say) => {
    if (method === "hover") say({ type: "crashed", message: "out of memory" });
    else say({ type: "result", id, result: null });
  });
  await language.ready();
  language.setFiles({ "a.pipe": "old", "b.pipe": "b" });
  language.updateFiles({ "a.pipe": "new", "b.pipe": null });
  const lost = language.hover({ path: "a.pipe", text: "new" }, 0);
  await expect(lost).rejects.toMatchObject({ code: "engine_crashed", retryable: true });
  await language.ready();
  expect(workers).toHaveLength(2);
  expect(workers[0]?.terminated).toBe(true);
  expect(workers[1]?.told.map(({ method }) => method)).toEqual(["open", "files", "tables"]);
  expect(workers[1]?.told[1]?.params).toEqual({ files: { "a.pipe": "new" }, all: true });
});

test("a module that cannot be loaded is not loaded again and again", async () => {
  const { client: language, workers } = client((_, say) => say({ type: "crashed", message: "no memory" }));
  await expect(language.ready()).rejects.toMatchObject({ code: "engine_crashed", retryable: false });
  await expect(language.lineage()).rejects.toMatchObject({ code: "engine_unavailable" });
  expect(workers).toHaveLength(1);
});

test("closing fails what waits", async () => {
  const { client: language } = client(() => {
    // Never answers.
  });
  const waiting = language.lineage();
  language.close();
  await expect(waiting).rejects.toMatchObject({ code: "aborted" });
});
