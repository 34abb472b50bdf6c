/** The query page: one statement, its draft and its run. */

import type { Api } from "../../engine/api";
import type { Drafts } from "../drafts";
import { Autosave } from "../autosave";
import { Run } from "./run.svelte";

const draftKey = "query";

export class QueryPage {
  text = $state("");
  readonly run = new Run();
  #saver: Autosave;
  #loaded: Promise<void>;
  #api: Api;

  constructor(api: Api, drafts: Drafts) {
    this.#api = api;
    this.#saver = new Autosave(drafts, draftKey);
    this.#loaded = drafts.get(draftKey).then((text) => {
      if (text !== undefined && this.text === "") this.text = text;
    });
  }

  /** Resolves when the draft of an earlier visit is in place. */
  ready(): Promise<void> {
    return this.#loaded;
  }

  edit(text: string): void {
    this.text = text;
    this.#saver.later(text);
  }

  start(): Promise<void> {
    return this.run.start(this.#api, this.text);
  }
}
