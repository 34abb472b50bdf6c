/** A pipe being edited: its nodes, its draft, its runs, and publishing it. */

import type { BuildReport, Parameter } from "../../engine/types";
import { Autosave } from "../autosave";
import { draftsOf, type GoodRename } from "../language/edits";
import type { Language } from "../language/language.svelte";
import { freeName } from "../names";
import { addProjectRename } from "../project/project-page.svelte";
import { problemOf, type Problem } from "../query/editor-problem";
import { Run } from "../query/run.svelte";
import { saveBlob } from "../result/download";
import type { Session } from "../session.svelte";
import { composeNode, locate, type ComposedQuery } from "./compose";
import { readPipe, type NodeKind, type PipeText } from "./pipe-file";
import { packed, sinkFile } from "./sink";
import { templateParameters } from "./template-parameters";
import { writePipe } from "./write-pipe";

export class NodeRun {
  readonly run = new Run();
  composed = $state.raw<ComposedQuery>();
}

export class PipeEditor {
  pipe = $state<PipeText>({ description: "", directives: [], nodes: [] });
  state = $state<"loading" | "ready" | "missing" | "failed">("loading");
  /** The text that the workspace holds; nothing when the pipe was never published. */
  saved = $state<string>();
  runs = $state<NodeRun[]>([]);
  /** Test values of the parameters, by name. */
  values = $state<Record<string, string>>({});
  #saver: Autosave;

  constructor(
    private readonly session: Session,
    private readonly language: Language,
    readonly name: string,
  ) {
    this.#saver = new Autosave(session.drafts, draftKey(name));
    void this.#open();
  }

  get path(): string {
    return this.session.workspace.pathOf("pipe", this.name);
  }

  get text(): string {
    return writePipe(this.pipe);
  }

  get dirty(): boolean {
    return this.saved === undefined || this.text !== writePipe(readPipe(this.saved));
  }

  get parameters(): Parameter[] {
    return templateParameters(this.pipe.nodes.map((node) => node.sql));
  }

  /** Call after every change, so that a reload loses nothing. */
  changed(): void {
    const { text } = this;
    this.#saver.later(text);
    this.language.setDraft(this.path, text);
  }

  /**
   * Does a rename: in this draft when nothing else changes, otherwise among the edits of the project, since several
   * files must be built together. Returns whether it went there.
   */
  async rename(rename: GoodRename): Promise<boolean> {
    const drafts = draftsOf(rename, this.language.files);
    const own = drafts[this.path];
    if (Object.keys(drafts).length === 1 && own) {
      this.#show(own);
      this.changed();
      return false;
    }
    await addProjectRename(this.session, rename, this.language.files);
    await this.forgetDraft();
    return true;
  }

  addNode(): void {
    const names = this.pipe.nodes.map((node) => node.name);
    const name = freeName(`${this.name}_${names.length + 1}`, names);
    const last = names.at(-1);
    const sql = last ? `SELECT *\nFROM ${last}` : "";
    this.pipe.nodes.push({ name, sql, kind: "standard", description: "", directives: [] });
    this.runs.push(new NodeRun());
    this.changed();
  }

  removeNode(index: number): void {
    this.pipe.nodes.splice(index, 1);
    this.runs.splice(index, 1)[0]?.run.cancel();
    this.changed();
  }

  /** Only one node of a pipe may be anything but a plain step. */
  setKind(index: number, kind: NodeKind): void {
    this.pipe.nodes.forEach((node, other) => {
      if (other === index) node.kind = kind;
      else if (kind !== "standard") node.kind = "standard";
    });
    this.changed();
  }

  async runNode(index: number): Promise<void> {
    const slot = this.runs[index];
    if (!slot) return;
    slot.composed = this.compose(index);
    await slot.run.start(this.session.api, slot.composed.sql, this.filledValues);
  }

  /** Runs the sink's node and hands its rows out as a file. Returns the file's name. */
  async runSink(): Promise<string> {
    const index = this.pipe.nodes.findIndex((each) => each.kind === "sink");
    const node = this.pipe.nodes[index];
    if (!node) throw new Error("The pipe has no sink.");
    const { name, clause, gzip } = sinkFile(node);
    const query = new URLSearchParams(this.filledValues);
    const response = await this.session.api.send(`/v0/sql?${query}`, {
      method: "POST",
      headers: { "Content-Type": "text/plain" },
      body: `${this.compose(index).sql}\n${clause}`,
    });
    saveBlob(await packed(await response.blob(), gzip), name);
    return name;
  }

  compose(index: number): ComposedQuery {
    return composeNode($state.snapshot(this.pipe.nodes), index);
  }

  /** The failure of a node's last run, at its place in that node's own text. */
  problem(index: number): Problem | undefined {
    const slot = this.runs[index];
    const failure = slot?.run.failure;
    const sql = this.pipe.nodes[index]?.sql ?? "";
    if (!failure || !slot.composed || slot.run.state !== "failed") return undefined;
    const problem = problemOf(failure, slot.composed.sql);
    if (!problem.place) return problem;
    const found = locate(slot.composed, this.pipe.nodes, problem.place);
    if (found?.node === index) return { ...problem, place: found.place };
    const { place: _place, ...rest } = problemOf(failure, sql);
    const culprit = found ? this.pipe.nodes[found.node]?.name : undefined;
    return culprit ? { ...rest, message: `In node ${culprit}: ${rest.message}` } : rest;
  }

  async publish(): Promise<BuildReport> {
    const text = this.text;
    const report = await this.session.workspace.save({ [this.path]: text });
    this.saved = text;
    await this.forgetDraft();
    return report;
  }

  /** Goes back to the published text. */
  async revert(): Promise<void> {
    await this.forgetDraft();
    if (this.saved !== undefined) this.#show(this.saved);
  }

  async forgetDraft(): Promise<void> {
    this.language.setDraft(this.path, undefined);
    await this.#saver.forget();
  }

  /** The test values that the parameters of the text can take. */
  get filledValues(): Record<string, string> {
    const known = new Set(this.parameters.map((parameter) => parameter.name));
    const entries = Object.entries(this.values).filter(([name, value]) => value !== "" && known.has(name));
    return Object.fromEntries(entries);
  }

  /** A draft is shown at once; what is published needs the engine. */
  async #open(): Promise<void> {
    const draft = await this.session.drafts.get(draftKey(this.name));
    if (draft !== undefined) {
      this.#show(draft);
      this.language.setDraft(this.path, draft);
      this.state = "ready";
    }
    const { workspace } = this.session;
    try {
      await workspace.opened;
      const before = this.path;
      await workspace.files();
      if (draft !== undefined && this.path !== before) {
        this.language.setDraft(before, undefined);
        this.language.setDraft(this.path, this.text);
      }
      if (workspace.pipe(this.name)) this.saved = await this.session.api.pipeFile(this.name);
      if (draft === undefined && this.saved !== undefined) this.#show(this.saved);
      this.state = draft === undefined && this.saved === undefined ? "missing" : "ready";
      this.#runIfAsked();
    } catch {
      if (draft === undefined) this.state = "failed";
    }
  }

  /** Runs the endpoint's node, or the last one, after the person pressed Run on a shared link. */
  #runIfAsked(): void {
    if (!this.session.runOnce || this.state !== "ready") return;
    this.session.runOnce = false;
    const published = this.pipe.nodes.findIndex((node) => node.kind !== "standard");
    void this.runNode(published < 0 ? this.pipe.nodes.length - 1 : published);
  }

  #show(text: string): void {
    for (const slot of this.runs) slot.run.cancel();
    this.pipe = readPipe(text);
    this.runs = this.pipe.nodes.map(() => new NodeRun());
  }
}

export function draftKey(name: string): string {
  return `pipe:${name}`;
}

/** Names of the pipes that exist as drafts. */
export function draftNames(keys: string[]): string[] {
  return keys.filter((key) => key.startsWith("pipe:")).map((key) => key.slice("pipe:".length));
}

/** Saves the draft of a new pipe, with a first node that answers. */
export function createDraft(session: Session, name: string): Promise<void> {
  return session.drafts.set(draftKey(name), starter(name, session));
}

function starter(name: string, session: Session): string {
  const source = session.workspace.dataSources[0]?.name;
  const sql = source ? `SELECT *\n    FROM ${source}\n    LIMIT 100` : "SELECT 1 AS one";
  return `NODE ${name}_1\nSQL >\n    ${sql}\nTYPE endpoint\n`;
}
