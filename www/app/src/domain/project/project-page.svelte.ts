/** The project page: the workspace's datafiles with a person's edits, and building after them. */

import { messageOf } from "../../engine/failure";
import { Autosave } from "../autosave";
import type { ProjectFiles } from "../../engine/types";
import { draftsOf, type GoodRename } from "../language/edits";
import type { Draft, Language } from "../language/language.svelte";
import type { Session } from "../session.svelte";
import { buildAndSay } from "./build";
import { Desk } from "./desk.svelte";
import { resourceOf } from "./files";
import { replaceWithRows, type Renames } from "./moved-rows";

/** Where edits, and what was renamed by them, wait across reloads. */
const projectDraftKey = "project";
const renamesKey = "project-renames";

export class ProjectPage extends Desk {
  problem = $state("");
  #saver: Autosave;
  #renames: Renames = {};

  constructor(
    private readonly session: Session,
    language: Language,
  ) {
    super(language);
    this.#saver = new Autosave(session.drafts, projectDraftKey);
    void session.drafts.get(projectDraftKey).then((text) => {
      if (text !== undefined) this.put({ ...read<Draft>(text), ...this.edits });
    });
    void session.drafts.get(renamesKey).then((text) => {
      if (text !== undefined) this.#renames = { ...read<string>(text), ...this.#renames };
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

  override rename(rename: GoodRename): void {
    super.rename(rename);
    this.#renames = withMoves(this.#renames, rename.moves);
    void this.session.drafts.set(renamesKey, JSON.stringify(this.#renames));
  }

  /** Takes back every edit that was not built. */
  async discard(): Promise<void> {
    for (const path of Object.keys(this.edits)) this.language.setDraft(path, undefined);
    this.edits = {};
    this.checkSoon();
    this.#renames = {};
    await this.session.drafts.remove(renamesKey);
    await this.#saver.forget();
  }

  /** Builds the project with all edits. Returns what happened, or nothing when it failed. */
  async build(): Promise<string | undefined> {
    this.building = true;
    const { said, errors } = await buildAndSay(() => replaceWithRows(this.session, this.texts, this.#renames));
    this.errors = errors;
    if (said) {
      await this.discard();
      await this.load();
    }
    this.building = false;
    return said;
  }
}

/** Adds a rename to the edits that wait for the project page. */
export async function addProjectRename(session: Session, rename: GoodRename, files: ProjectFiles): Promise<void> {
  const add = async <T>(key: string, change: (held: Record<string, T>) => Record<string, T>): Promise<void> => {
    const text = await session.drafts.get(key);
    await session.drafts.set(key, JSON.stringify(change(text ? read<T>(text) : {})));
  };
  await add<Draft>(projectDraftKey, (held) => ({ ...held, ...draftsOf(rename, files) }));
  await add<string>(renamesKey, (held) => withMoves(held, rename.moves));
}

/** Renames with further moves of data sources: one that was renamed twice comes from its first name. */
export function withMoves(renames: Renames, moves: Record<string, string>): Renames {
  const found = { ...renames };
  for (const [from, to] of Object.entries(moves)) {
    const [before, now] = [resourceOf(from), resourceOf(to)];
    if (before?.kind !== "datasource" || !now) continue;
    const first = found[before.name] ?? before.name;
    delete found[before.name];
    if (first !== now.name) found[now.name] = first;
  }
  return found;
}

function read<T>(text: string): Record<string, T> {
  try {
    return JSON.parse(text) as Record<string, T>;
  } catch {
    return {};
  }
}
