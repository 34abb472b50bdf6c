/** The project page: the workspace's datafiles with a person's edits, and building after them. */

import { messageOf } from "../../engine/failure";
import { Autosave } from "../autosave";
import type { Draft, Language } from "../language/language.svelte";
import type { Session } from "../session.svelte";
import { buildAndSay } from "./build";
import { Desk } from "./desk.svelte";

/** Where edits wait across reloads. */
export const projectDraftKey = "project";

export class ProjectPage extends Desk {
  problem = $state("");
  #saver: Autosave;

  constructor(
    private readonly session: Session,
    language: Language,
  ) {
    super(language);
    this.#saver = new Autosave(session.drafts, projectDraftKey);
    void session.drafts.get(projectDraftKey).then((text) => {
      if (text !== undefined) this.put({ ...readDrafts(text), ...this.edits });
    });
  }

  async load(): Promise<void> {
    try {
      this.files = await this.session.workspace.files();
      this.problem = "";
      super.put({});
    } catch (error) {
      this.problem = messageOf(error);
    }
  }

  override put(drafts: Record<string, Draft>): void {
    super.put(drafts);
    this.#saver.later(JSON.stringify(this.edits));
  }

  /** Takes back every edit that was not built. */
  async discard(): Promise<void> {
    for (const path of Object.keys(this.edits)) this.language.setDraft(path, undefined);
    this.edits = {};
    this.checkSoon();
    await this.#saver.forget();
  }

  /** Builds the project with all edits. Returns what happened, or nothing when it failed. */
  async build(): Promise<string | undefined> {
    this.building = true;
    const { said, errors } = await buildAndSay(() => this.session.workspace.replace(this.texts));
    this.errors = errors;
    if (said) {
      await this.discard();
      await this.load();
    }
    this.building = false;
    return said;
  }
}

/** Adds edits to those that wait for the project page. */
export async function addProjectDrafts(session: Session, drafts: Record<string, Draft>): Promise<void> {
  const text = await session.drafts.get(projectDraftKey);
  await session.drafts.set(projectDraftKey, JSON.stringify({ ...(text ? readDrafts(text) : {}), ...drafts }));
}

function readDrafts(text: string): Record<string, Draft> {
  try {
    return JSON.parse(text) as Record<string, Draft>;
  } catch {
    return {};
  }
}
