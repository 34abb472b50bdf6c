/** The resources of the open workspace, and the changes a person makes to them. */

import type { Api } from "../engine/api";
import { messageOf } from "../engine/failure";
import type { BuildReport, DataSource, Pipe, ProjectFiles } from "../engine/types";
import { pathOf, withFiles, withoutResource, type ResourceKind } from "./project/files";

export class Workspace {
  dataSources = $state.raw<DataSource[]>([]);
  pipes = $state.raw<Pipe[]>([]);
  state = $state<"loading" | "ready" | "failed">("loading");
  problem = $state("");

  /** Resolves when the lists are here for the first time. */
  readonly opened: Promise<void>;
  #open: () => void = () => {};
  /** The files as they were asked for last. */
  #files = $state.raw<ProjectFiles>({});

  constructor(readonly api: Api) {
    this.opened = new Promise((resolve) => (this.#open = resolve));
  }

  /** Asks for the lists again. Keeps the old ones on the page until the new ones are here. */
  async refresh(): Promise<void> {
    try {
      const [dataSources, pipes] = await Promise.all([this.api.dataSources(), this.api.pipes()]);
      this.dataSources = dataSources.filter((each) => !each.name.endsWith("_quarantine")).sort(byName);
      this.pipes = pipes.sort(byName);
      this.state = "ready";
      this.problem = "";
      this.#open();
    } catch (error) {
      this.problem = messageOf(error);
      if (this.state !== "ready") this.state = "failed";
    }
  }

  dataSource(name: string): DataSource | undefined {
    return this.dataSources.find((each) => each.name === name);
  }

  pipe(name: string): Pipe | undefined {
    return this.pipes.find((each) => each.name === name);
  }

  get names(): string[] {
    return [...this.dataSources, ...this.pipes].map((each) => each.name);
  }

  get bytes(): number {
    return this.dataSources.reduce((sum, each) => sum + (each.statistics?.bytes ?? 0), 0);
  }

  /** The text of every datafile, as the engine holds it now. */
  async files(): Promise<ProjectFiles> {
    this.#files = await this.api.files();
    return this.#files;
  }

  /** Where the file of a resource lies, or would lie. */
  pathOf(kind: ResourceKind, name: string): string {
    const paths = Object.keys(this.#files);
    const found = paths.find((path) => path === `${name}.${kind}` || path.endsWith(`/${name}.${kind}`));
    return found ?? pathOf(kind, name);
  }

  /** Adds or changes files and builds. */
  async save(added: ProjectFiles): Promise<BuildReport> {
    return this.replace(withFiles(await this.files(), added));
  }

  async remove(kind: ResourceKind, name: string): Promise<BuildReport> {
    return this.replace(withoutResource(await this.files(), kind, name));
  }

  /** Makes the workspace hold exactly these files. */
  async replace(files: ProjectFiles): Promise<BuildReport> {
    const report = await this.api.build(files);
    await this.refresh();
    return report;
  }

  async truncate(name: string): Promise<void> {
    await this.api.truncate(name);
    await this.refresh();
  }
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name.localeCompare(b.name);
}
