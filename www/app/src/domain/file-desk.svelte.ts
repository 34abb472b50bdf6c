/** Takes in what a person drops or picks, and sends it the right way. */

import { messageOf } from "../engine/failure";
import type { App } from "./app.svelte";
import { Imports } from "./import/imports.svelte";
import { filesOfInput, sortDropped, type DroppedFile } from "./project/collect";
import { OpenedProject } from "./project/opened.svelte";

export class FileDesk {
  constructor(private readonly app: App) {}

  pick(list: FileList): Promise<void> {
    return this.take(filesOfInput(list));
  }

  async take(files: DroppedFile[]): Promise<void> {
    const { app } = this;
    try {
      const dropped = await sortDropped(files);
      if (Object.keys(dropped.project).length > 0) {
        app.opened = new OpenedProject(app.language, dropped.name, dropped.project, dropped.fixtures);
        app.router.go({ page: "open" });
      }
      if (dropped.data.length > 0 && app.session) app.imports = new Imports(app.session, dropped.data);
      else if (dropped.data.length > 0) app.notes.bad("The engine is not ready yet. Drop the file again in a moment.");
      if (dropped.skipped.length > 0) {
        app.notes.bad(`Not a data file or a datafile: ${dropped.skipped.slice(0, 5).join(", ")}`);
      }
    } catch (error) {
      app.notes.bad(messageOf(error));
    }
  }
}
