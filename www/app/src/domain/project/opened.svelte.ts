/** A project that was dropped as a folder or a zip: looked at and checked here, then built into the workspace. */

import { messageOf } from "../../engine/failure";
import type { ProjectFiles } from "../../engine/types";
import { wireFormat } from "../import/format";
import { asJsonLines } from "../import/json-lines";
import { counted } from "../format";
import type { Draft, Language } from "../language/language.svelte";
import type { Session } from "../session.svelte";
import { buildAndSay } from "./build";
import { Desk } from "./desk.svelte";
import { withFiles } from "./files";
import { loadOrder, type Fixture } from "./fixtures";

export class OpenedProject extends Desk {
  /** What is on its way; empty when nothing is. */
  step = $state("");
  /** The files were built; fixtures may have failed after that. */
  built = $state(false);
  /** Fixtures to load after the build, by path. */
  chosen = $state<Record<string, boolean>>({});

  constructor(
    language: Language,
    readonly name: string,
    files: ProjectFiles,
    readonly fixtures: Fixture[],
  ) {
    super(language);
    this.files = files;
    for (const fixture of fixtures) this.chosen[fixture.path] = true;
  }

  /** Makes this the project that texts are checked against, beside files that it is built with, until `leave`. */
  enter(beside: ProjectFiles = {}): void {
    this.language.setGuest(withFiles(beside, this.texts));
    void this.check();
  }

  leave(): void {
    this.language.setGuest(undefined);
  }

  protected override tell(path: string, draft: Draft): void {
    this.language.setGuestFile(path, draft);
  }

  /** Builds the files, alone or beside what is there, and loads the chosen fixtures. */
  async build(session: Session, replace: boolean): Promise<string | undefined> {
    const { workspace } = session;
    this.building = true;
    this.step = "Building";
    const { said, errors } = await buildAndSay(() =>
      replace ? workspace.replace(this.texts) : workspace.save(this.texts),
    );
    this.errors = errors;
    this.built = said !== undefined;
    const loaded = said === undefined ? undefined : await this.#load(session);
    this.step = "";
    this.building = false;
    return loaded === undefined ? undefined : [said, loaded].join(" ").trim();
  }

  async #load(session: Session): Promise<string | undefined> {
    const chosen = this.fixtures.filter(({ path }) => this.chosen[path]);
    let rows = 0;
    let aside = 0;
    for (const { fixture, mode } of loadOrder(chosen, this.texts)) {
      this.step = `Loading ${fixture.datasource}`;
      try {
        const file = await fixture.file();
        const sent = fixture.format === "json" ? await asJsonLines(file) : file;
        const report = await session.api.ingest(sent, {
          name: fixture.datasource,
          mode,
          format: wireFormat(fixture.format),
        });
        rows += report.rows ?? 0;
        aside += report.quarantined;
      } catch (error) {
        this.errors = [...this.errors, { filename: fixture.path, error: messageOf(error) }];
      }
    }
    await session.refresh();
    if (this.errors.length > 0) return undefined;
    const refused = aside > 0 ? ` ${counted(aside, "row")} set aside in quarantine.` : "";
    return chosen.length === 0 ? "" : `${counted(rows, "row")} loaded.${refused}`;
  }
}
