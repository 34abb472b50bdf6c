/** The project page: all datafiles, the one that is open, and building after an edit. */

import { ApiFailure, messageOf, type FileError } from "../../engine/failure";
import type { ProjectFiles } from "../../engine/types";
import { Autosave } from "../autosave";
import { counted } from "../format";
import type { Session } from "../session.svelte";

export class ProjectPage {
  files = $state.raw<ProjectFiles>();
  problem = $state("");
  /** Texts that were changed and not built, by path. */
  edits = $state<Record<string, string>>({});
  errors = $state.raw<FileError[]>([]);
  building = $state(false);

  #saver: Autosave;

  constructor(private readonly session: Session) {
    this.#saver = new Autosave(session.drafts, "project");
    void session.drafts.get("project").then((text) => {
      if (text !== undefined) this.edits = { ...(JSON.parse(text) as ProjectFiles), ...this.edits };
    });
  }

  get paths(): string[] {
    return Object.keys(this.files ?? {}).sort();
  }

  async load(): Promise<void> {
    try {
      this.files = await this.session.workspace.files();
      this.problem = "";
      this.edits = Object.fromEntries(Object.entries(this.edits).filter(([path, text]) => this.files?.[path] !== text));
    } catch (error) {
      this.problem = messageOf(error);
    }
  }

  text(path: string): string {
    return this.edits[path] ?? this.files?.[path] ?? "";
  }

  edit(path: string, text: string): void {
    if (text === this.text(path)) return;
    if (text === this.files?.[path]) delete this.edits[path];
    else this.edits[path] = text;
    this.#saver.later(JSON.stringify(this.edits));
  }

  /** Takes back every edit that was not built. */
  async discard(): Promise<void> {
    this.edits = {};
    await this.#saver.forget();
  }

  get changed(): number {
    return Object.keys(this.edits).length;
  }

  /** Builds the project with all edits. Returns what happened, or nothing when it failed. */
  async build(): Promise<string | undefined> {
    this.building = true;
    this.errors = [];
    try {
      const report = await this.session.workspace.replace({ ...this.files, ...this.edits });
      await this.discard();
      await this.load();
      return report.changes.length ? `Built: ${counted(report.changes.length, "change")}.` : "Built. Nothing changed.";
    } catch (error) {
      const files = error instanceof ApiFailure ? error.files : [];
      this.errors = files.length ? files : [{ filename: "", error: messageOf(error) }];
      return undefined;
    } finally {
      this.building = false;
    }
  }
}
