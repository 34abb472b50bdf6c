/** What a page uses to edit a project: one worker with the language module, which needs no engine. */
import { siteFile } from "../build.js";
import { EngineError } from "../errors.js";
import type { FromLanguage, LanguageCalls, LanguageMethod, ToLanguage } from "./protocol.js";
import type {
  Column,
  Completions,
  Diagnostic,
  Formatted,
  FunctionDoc,
  Hover,
  Lineage,
  TextLocation,
  Parameter,
  Rename,
  Renameable,
  Renamed,
  Section,
  SignatureHelp,
  Source,
  Tokens,
} from "./types.js";

/** How to start. */
export interface LanguageOptions {
  /** The site's base; default: the folder of the page. */
  base?: string | URL;
  /** Makes the worker, for tests; default: the site's own script. */
  worker?: () => Worker;
}

interface Waiting {
  resolve: (result: never) => void;
  reject: (error: Error) => void;
}

/**
 * Parses, checks, formats and completes the files of a project, in a worker of its own.
 *
 * The client holds the project's files: give all of them with `setFiles` and changes with `updateFiles`. Questions
 * about a `Source` carry its present text. Calls are answered in the order in which they were made, each within
 * milliseconds; one that came too late for the editor is simply dropped by its caller. Nothing in a text makes a call
 * fail: calls fail only when the module cannot be loaded, or once `close` was called.
 */
export class LanguageClient {
  readonly #base: URL;
  readonly #make: () => Worker;
  #worker: Worker | undefined;
  #opened: Promise<null> | undefined;
  #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #files: Record<string, string> = {};
  #tables: Record<string, Column[]> = {};
  #isOpen = false;
  #closed = false;

  /** Starts the worker and loads the module at once. */
  constructor(options: LanguageOptions = {}) {
    this.#base = new URL(options.base ?? ".", globalThis.document?.baseURI);
    const script = siteFile(this.#base, "language.js");
    this.#make = options.worker ?? (() => new Worker(script, { type: "module", name: "kinglet language" }));
    this.#start();
  }

  /** Resolves when the module is loaded; fails with the reason when it cannot be. */
  async ready(): Promise<void> {
    await this.#opened;
  }

  /** The project's files by path, in place of all earlier ones. */
  setFiles(files: Record<string, string>): void {
    this.#files = { ...files };
    this.#tell("files", { files, all: true });
  }

  /** Changed files; null removes one. */
  updateFiles(changes: Record<string, string | null>): void {
    for (const [path, text] of Object.entries(changes)) {
      if (text === null) delete this.#files[path];
      else this.#files[path] = text;
    }
    this.#tell("files", { files: changes, all: false });
  }

  /** Tables that queries may read besides what the project's files define, such as the workspace's service tables. */
  setTables(tables: Record<string, Column[]>): void {
    this.#tables = tables;
    this.#tell("tables", tables);
  }

  /** What is wrong with a text: its datafile, templates and SQL, and its names against the project. In order. */
  diagnostics(source: Source): Promise<Diagnostic[]> {
    return this.#call("diagnostics", source);
  }

  /** What is wrong in every file of the project, by path; files without findings are left out. */
  projectDiagnostics(): Promise<Record<string, Diagnostic[]>> {
    return this.#call("projectDiagnostics", null);
  }

  /** What to colour. */
  tokens(source: Source): Promise<Tokens> {
    return this.#call("tokens", source);
  }

  /** The parts of a text, for folding and for an outline. */
  sections(source: Source): Promise<Section[]> {
    return this.#call("sections", source);
  }

  /** The text in its normal layout, comments and template tags kept. */
  format(source: Source): Promise<Formatted> {
    return this.#call("format", source);
  }

  /** Words that may stand at `offset`; null where there are none, as in free text. */
  complete(source: Source, offset: number): Promise<Completions | null> {
    return this.#call("complete", { ...source, offset });
  }

  /** What stands at `offset`. */
  hover(source: Source, offset: number): Promise<Hover | null> {
    return this.#call("hover", { ...source, offset });
  }

  /** The function whose arguments `offset` is in. */
  signature(source: Source, offset: number): Promise<SignatureHelp | null> {
    return this.#call("signature", { ...source, offset });
  }

  /** What is known of a ClickHouse function; names are found in any case where ClickHouse finds them so. */
  functionDoc(name: string): Promise<FunctionDoc | null> {
    return this.#call("functionDoc", name);
  }

  /** Where what stands at `offset` is defined. */
  definition(source: Source, offset: number): Promise<TextLocation[]> {
    return this.#call("definition", { ...source, offset });
  }

  /** Where what stands at `offset` is named in the project, its definition included. */
  references(source: Source, offset: number): Promise<TextLocation[]> {
    return this.#call("references", { ...source, offset });
  }

  /** What may be renamed at `offset`. */
  renameable(source: Source, offset: number): Promise<Renameable | null> {
    return this.#call("renameable", { ...source, offset });
  }

  /** What has to change in the project's files so that `what` is called `name`. Changes nothing itself. */
  rename(what: Renamed, name: string): Promise<Rename> {
    return this.#call("rename", { what, name });
  }

  /** The parameters of a pipe or of one query, each once, in the order of their first use. */
  parameters(source: Source): Promise<Parameter[]> {
    return this.#call("parameters", source);
  }

  /** Columns of a data source's schema, or those that a query answers, as far as its text tells. */
  columns(source: Source): Promise<Column[]> {
    return this.#call("columns", source);
  }

  /** The flow of data through the project, between resources or between the nodes of its pipes. */
  lineage(by: "resources" | "nodes" = "resources"): Promise<Lineage> {
    return this.#call("lineage", { by });
  }

  /** End the worker. Calls that wait fail. */
  close(): void {
    this.#closed = true;
    this.#end(new EngineError("aborted", "the language worker was closed"));
  }

  #start(): void {
    const worker = this.#make();
    this.#worker = worker;
    this.#isOpen = false;
    worker.onmessage = (event: MessageEvent<FromLanguage>) => this.#receive(event.data);
    worker.onerror = (event) => {
      event.preventDefault();
      this.#crashed(event.message || "the worker's script could not be loaded");
    };
    this.#opened = this.#call("open", {
      wasm: siteFile(this.#base, "language_bg.wasm"),
      functions: siteFile(this.#base, "functions.json"),
    });
    this.#opened.then(
      () => (this.#isOpen = true),
      () => {
        // Whoever asks is told by `ready` or by a call of their own.
      },
    );
  }

  #receive(message: FromLanguage): void {
    if (message.type === "crashed") return this.#crashed(message.message);
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.type === "result") waiting?.resolve(message.result as never);
    else waiting?.reject(new EngineError("internal", message.message));
  }

  /** Calls that waited fail. If the worker had worked, another takes its place and is told what it knew. */
  #crashed(message: string): void {
    const again = this.#isOpen && !this.#closed;
    this.#end(new EngineError("engine_crashed", `the language module crashed: ${message}`, again));
    if (!again) return;
    this.#start();
    this.#tell("files", { files: this.#files, all: true });
    this.#tell("tables", this.#tables);
  }

  #end(error: Error): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const each of waiting) each.reject(error);
  }

  #tell<M extends LanguageMethod>(method: M, params: LanguageCalls[M]["params"]): void {
    this.#call(method, params).catch(() => {
      // The next question fails for the same reason, and its caller is told.
    });
  }

  #call<M extends LanguageMethod>(method: M, params: LanguageCalls[M]["params"]): Promise<LanguageCalls[M]["result"]> {
    return new Promise((resolve, reject) => {
      if (!this.#worker) {
        reject(new EngineError("engine_unavailable", "the language worker is not running"));
        return;
      }
      this.#lastId += 1;
      const id = this.#lastId;
      this.#waiting.set(id, { resolve: resolve as Waiting["resolve"], reject });
      this.#worker.postMessage({ id, method, params } as ToLanguage);
    });
  }
}
