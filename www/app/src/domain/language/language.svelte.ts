/** The language module as the page holds it: one worker, which needs no engine and may be missing. */

import type { Diagnostic, LanguageClient } from "kinglet";

import { messageOf } from "../../engine/failure";
import type { ProjectFiles } from "../../engine/types";

/** Starts a client. */
export type LanguageLoader = () => Promise<LanguageClient>;

/** A file's text in an editor; null stands for a file that is to go. */
export type Draft = string | null;

export class Language {
  /** `off` until somebody starts it: a link from a stranger starts nothing. */
  state = $state<"off" | "loading" | "ready" | "failed">("off");
  /** Why it could not be loaded. */
  problem = $state("");
  /** Counts the changes of the project, so that whoever shows what depends on other files can look again. */
  version = $state(0);
  #client: Promise<LanguageClient> | undefined;
  #built: ProjectFiles = {};
  #drafts: Record<string, Draft> = {};
  #guest: ProjectFiles | undefined;

  constructor(private readonly load: LanguageLoader) {}

  /** Begins to load the module; further calls do nothing. */
  start(): void {
    if (this.state !== "off") return;
    this.state = "loading";
    this.#client = this.#open();
    this.#client.then(
      () => (this.state = "ready"),
      (error: unknown) => {
        this.problem = messageOf(error);
        this.state = "failed";
      },
    );
  }

  /** Asks once the module has arrived. Nothing when it cannot be loaded, or did not survive the question. */
  async ask<T>(question: (client: LanguageClient) => Promise<T>): Promise<T | undefined> {
    try {
      return this.#client && (await question(await this.#client));
    } catch {
      return undefined;
    }
  }

  /** The project that texts are checked against: the guest's, or the workspace's with its drafts. */
  get files(): ProjectFiles {
    return this.#guest ?? merged(this.#built, this.#drafts);
  }

  /** The files of the workspace as they are built. */
  setFiles(files: ProjectFiles): void {
    this.#built = files;
    if (!this.#guest) this.#tellAll();
  }

  /** A file of the project as it is being edited; undefined goes back to what is built. */
  setDraft(path: string, draft: Draft | undefined): void {
    const before = this.files[path];
    if (draft === undefined) delete this.#drafts[path];
    else this.#drafts[path] = draft;
    const now = this.files[path];
    if (this.#guest || now === before) return;
    this.version += 1;
    void this.ask(async (client) => client.updateFiles({ [path]: now ?? null }));
  }

  /** Another project takes the workspace's place while it is looked at; undefined ends that. */
  setGuest(files: ProjectFiles | undefined): void {
    this.#guest = files;
    this.#tellAll();
  }

  /** One changed file of the guest. */
  setGuestFile(path: string, text: string | null): void {
    if (!this.#guest) return;
    this.#guest = merged(this.#guest, { [path]: text });
    this.version += 1;
    void this.ask(async (client) => client.updateFiles({ [path]: text }));
  }

  /** What is wrong in each file of the project; nothing while the module is on its way. */
  async findings(): Promise<Record<string, Diagnostic[]>> {
    return (await this.ask((client) => client.projectDiagnostics())) ?? {};
  }

  #tellAll(): void {
    this.version += 1;
    const { files } = this;
    void this.ask(async (client) => client.setFiles(files));
  }

  async #open(): Promise<LanguageClient> {
    const client = await this.load();
    await client.ready();
    return client;
  }
}

/** Files with their drafts in place. */
export function merged(files: ProjectFiles, drafts: Record<string, Draft>): ProjectFiles {
  const all = { ...files, ...drafts };
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null));
}
