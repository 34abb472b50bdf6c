/** Takes in what a person drops or picks, and sends it the right way. */

import { messageOf } from "../engine/failure";
import type { ProjectFiles } from "../engine/types";
import type { App } from "./app.svelte";
import { Imports } from "./import/imports.svelte";
import { filesOfInput, sortDropped, type DroppedFile } from "./project/collect";

export class FileDesk {
  /** Datafiles that wait for the person to say whether they replace or join the project. */
  project = $state.raw<ProjectFiles>();

  constructor(private readonly app: App) {}

  pick(list: FileList): Promise<void> {
    return this.take(filesOfInput(list));
  }

  async take(files: DroppedFile[]): Promise<void> {
    const { app } = this;
    if (!app.session) {
      app.notes.bad("The engine is not ready yet. Drop the file again in a moment.");
      return;
    }
    try {
      const dropped = await sortDropped(files);
      if (Object.keys(dropped.project).length > 0) this.project = dropped.project;
      if (dropped.data.length > 0) app.imports = new Imports(app.session, dropped.data);
      if (dropped.skipped.length > 0) {
        app.notes.bad(`Not a data file or a datafile: ${dropped.skipped.slice(0, 5).join(", ")}`);
      }
    } catch (error) {
      app.notes.bad(messageOf(error));
    }
  }
}
