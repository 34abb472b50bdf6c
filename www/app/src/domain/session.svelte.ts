/** One open workspace: the engine behind it, its resources, and the drafts that belong to it. */

import { Api } from "../engine/api";
import type { Backend, EngineStatus } from "../engine/backend";
import { MemoryDrafts, SafeDrafts, SavedDrafts } from "./drafts";
import { QueryPage } from "./query/query-page.svelte";
import { WatchedDrafts } from "./watched-drafts.svelte";
import { Workspace } from "./workspace.svelte";

export class Session {
  readonly api: Api;
  readonly workspace: Workspace;
  readonly drafts: WatchedDrafts;
  readonly query: QueryPage;
  engine = $state.raw<EngineStatus>({ state: "loading", memory: false });
  /** The person pressed Run on a shared link: the page that it opens runs once. */
  runOnce = false;
  /** Bytes that the browser holds for this site, when it says. */
  stored = $state<number>();

  constructor(
    readonly backend: Backend,
    consent?: (host: string) => Promise<boolean>,
  ) {
    this.api = new Api(backend, consent);
    this.workspace = new Workspace(this.api);
    this.drafts = new WatchedDrafts(backend.ephemeral ? new MemoryDrafts() : new SafeDrafts(() => new SavedDrafts()));
    this.query = new QueryPage(this.api, this.drafts);
    this.engine = backend.status;
    backend.subscribe((status) => this.#changed(status));
    backend.onChange(() => this.#refreshSoon());
    if (backend.status.state === "ready") void this.refresh();
  }

  async refresh(): Promise<void> {
    await this.workspace.refresh();
    const estimate = await navigator.storage?.estimate?.().catch(() => undefined);
    this.stored = estimate?.usage;
  }

  /**
   * Calls an address of the API as any page of this site would: through the network stack. Falls
   * back to the engine itself where no service worker answers.
   */
  async fetchOutside(url: string, init: RequestInit): Promise<Response> {
    return this.backend.reachable ? fetch(url, init) : this.backend.request(url.slice(this.backend.base.length), init);
  }

  close(): void {
    this.backend.close();
  }

  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Many changes come at once, from this page or from others; one look at the lists is enough. */
  #refreshSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.refresh(), 150);
  }

  #changed(status: EngineStatus): void {
    const before = this.engine.state;
    this.engine = status;
    if (status.state === "ready" && before !== "ready") void this.refresh();
  }
}
