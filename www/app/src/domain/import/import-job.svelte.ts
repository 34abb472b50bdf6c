/** One file on its way into a data source: look at it, confirm its schema, load it. */

import type { FileFormat, IngestMode, IngestProgress, IngestReport } from "../../engine/backend";
import { isAbort, messageOf } from "../../engine/failure";
import type { Analysis } from "../../engine/types";
import { freeName, nameFrom, nameProblem } from "../names";
import type { Session } from "../session.svelte";
import { withHeader } from "./csv-header";
import { firstValues } from "./first-values";
import { detectFormat, wireFormat } from "./format";
import { columnProblems, schemaText, type ImportColumn } from "./schema";
import { asJsonLines } from "./json-lines";
import { sampleOf } from "./sample";

export type ImportStage = "analyzing" | "confirming" | "loading" | "done" | "failed";
export interface ImportTarget {
  name: string;
  mode: "append" | "replace";
}

export class ImportJob {
  stage = $state<ImportStage>("analyzing");
  format = $state<FileFormat>("csv");
  mode = $state<IngestMode>("create");
  name = $state("");
  columns = $state<ImportColumn[]>([]);
  sortingKey = $state<string[]>([]);
  /** The first values of each column, as text. */
  values = $state.raw<string[][]>([]);
  progress = $state.raw<IngestProgress>();
  report = $state.raw<IngestReport>();
  problem = $state("");
  /** The analysis failed; another format may succeed. */
  analysisProblem = $state("");
  #controller: AbortController | undefined;
  #analysis: Analysis | undefined;

  constructor(
    private readonly session: Session,
    readonly file: File,
    target?: ImportTarget,
  ) {
    this.mode = target?.mode ?? "create";
    this.name = target?.name ?? freeName(nameFrom(file.name), session.workspace.names);
    void this.#open();
  }

  get nameProblem(): string | undefined {
    return this.mode === "create" ? nameProblem(this.name, this.session.workspace.names) : undefined;
  }

  get columnProblems(): Map<number, string> {
    return columnProblems(this.columns);
  }

  get ready(): boolean {
    if (this.mode !== "create") return this.name !== "";
    const some = this.columns.some((column) => column.include);
    return !this.nameProblem && this.columnProblems.size === 0 && some;
  }

  /** Looks at the file again, as another format. */
  async analyze(format: FileFormat): Promise<void> {
    this.format = format;
    this.stage = "analyzing";
    this.analysisProblem = "";
    try {
      const sent = wireFormat(format);
      const sample = await sampleOf(format === "json" ? await asJsonLines(this.file) : this.file, sent);
      const analysis = await this.session.api.analyze(sample, sent);
      this.values = await firstValues(sample, sent, analysis);
      this.columns = analysis.columns.map(({ name, type, path }) => ({
        name,
        type,
        path: jsonPath(path),
        include: true,
      }));
      this.#analysis = analysis;
      this.sortingKey = [];
    } catch (error) {
      this.columns = [];
      this.#analysis = undefined;
      this.analysisProblem = messageOf(error);
    }
    this.stage = "confirming";
  }

  async load(): Promise<void> {
    const controller = new AbortController();
    this.#controller = controller;
    this.stage = "loading";
    this.problem = "";
    this.progress = { sent: 0, total: this.file.size };
    try {
      this.report = await this.session.api.ingest(await this.#shaped(), {
        name: this.name,
        mode: this.mode,
        format: wireFormat(this.format),
        parameters: this.#parameters(),
        onProgress: (progress) => (this.progress = progress),
        signal: controller.signal,
      });
      this.stage = "done";
    } catch (error) {
      this.problem = isAbort(error) ? "" : messageOf(error);
      this.stage = isAbort(error) ? "confirming" : "failed";
    }
    await this.session.refresh();
    if (this.stage !== "done") await this.#undo();
  }

  /** A data source that this import made and did not fill goes again. */
  async #undo(): Promise<void> {
    const { workspace } = this.session;
    if (this.mode !== "create" || !workspace.dataSource(this.name)) return;
    await workspace.remove("datasource", this.name).catch((error: unknown) => (this.problem = messageOf(error)));
  }

  cancel(): void {
    this.#controller?.abort();
  }

  async #open(): Promise<void> {
    const head = new Uint8Array(await this.file.slice(0, 64 * 1024).arrayBuffer());
    await this.analyze(detectFormat(this.file.name, head) ?? "csv");
  }

  /** The file, under a new header when columns of a CSV were renamed or left out. */
  async #shaped(): Promise<File> {
    if (this.format === "json") return asJsonLines(this.file);
    const analysis = this.#analysis;
    if (!analysis) return this.file;
    const columns = analysis.columns.map(({ name: inferred }, index) => {
      const column = this.columns[index];
      return { inferred, name: column?.include ? column.name : undefined };
    });
    const same = columns.every(({ inferred, name }) => inferred === name);
    return this.format === "csv" && this.mode === "create" && !same
      ? withHeader(this.file, columns, analysis)
      : this.file;
  }

  #parameters(): Record<string, string> {
    if (this.mode !== "create") return {};
    const parameters: Record<string, string> = { schema: schemaText(this.columns) };
    if (this.sortingKey.length > 0) {
      parameters["engine"] = "MergeTree";
      parameters["engine_sorting_key"] = this.sortingKey.join(", ");
    }
    return parameters;
  }
}

/** For a CSV the path is only the column's name. */
function jsonPath(path: string | undefined): string {
  return path?.startsWith("$") ? path : "";
}
