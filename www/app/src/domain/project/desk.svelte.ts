/** Datafiles on a desk: their texts with edits on top, what is wrong with them, and what a build said. */

import type { Diagnostic } from "kinglet";

import type { FileError } from "../../engine/failure";
import type { ProjectFiles } from "../../engine/types";
import { draftsOf, type GoodRename } from "../language/edits";
import { merged, type Draft, type Language } from "../language/language.svelte";

/** How many findings a file has. */
export interface Counts {
  errors: number;
  warnings: number;
}

export class Desk {
  /** The files as they were found; nothing until they are here. */
  files = $state.raw<ProjectFiles>();
  /** Changed texts by path; null for a path that was left by a rename. */
  edits = $state.raw<Record<string, Draft>>({});
  findings = $state.raw<Record<string, Diagnostic[]>>({});
  errors = $state.raw<FileError[]>([]);
  building = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;

  constructor(protected readonly language: Language) {}

  /** All texts as they would be built. */
  get texts(): ProjectFiles {
    return merged(this.files ?? {}, this.edits);
  }

  get paths(): string[] {
    return Object.keys(this.texts).sort();
  }

  text(path: string): string {
    return this.texts[path] ?? "";
  }

  /** Number of files that differ from what was found; one that moved counts once. */
  get changed(): number {
    const drafts = Object.values(this.edits);
    return drafts.filter((draft) => draft !== null).length || drafts.length;
  }

  edit(path: string, text: string): void {
    if (text !== this.text(path)) this.put({ [path]: text });
  }

  /** Does all edits and moves of a rename. */
  rename(rename: GoodRename): void {
    this.put(draftsOf(rename, this.texts));
  }

  /** Several changes at once; a text that is as it was found is no edit. */
  put(drafts: Record<string, Draft>): void {
    const edits = { ...this.edits, ...drafts };
    const real = Object.entries(edits).filter(([path, draft]) => (this.files?.[path] ?? null) !== draft);
    this.edits = Object.fromEntries(real);
    this.errors = this.errors.filter((error) => !(error.filename in drafts));
    for (const [path, draft] of Object.entries(drafts)) this.tell(path, draft);
    this.checkSoon();
  }

  /** Tells the language module of a changed file. */
  protected tell(path: string, draft: Draft): void {
    this.language.setDraft(path, draft);
  }

  /** Looks at all files again a moment later. */
  checkSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.check(), 250);
  }

  async check(): Promise<void> {
    const turn = (this.#turn += 1);
    const findings = await this.language.findings();
    if (turn === this.#turn) this.findings = findings;
  }

  counts(path: string): Counts {
    const found = this.findings[path] ?? [];
    const errors = found.filter((each) => each.severity === "error").length;
    const warnings = found.filter((each) => each.severity === "warning").length;
    // The build says again what was found before, and more.
    const refused = this.errors.filter((each) => each.filename === path).length;
    return { errors: Math.max(errors, refused), warnings };
  }

  /** Findings of all files together. */
  get total(): Counts {
    const counts = this.paths.map((path) => this.counts(path));
    return {
      errors: counts.reduce((sum, each) => sum + each.errors, 0),
      warnings: counts.reduce((sum, each) => sum + each.warnings, 0),
    };
  }
}
