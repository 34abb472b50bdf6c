/** The query page: one statement, its draft and its run. */

import type { Api } from "../../engine/api";
import type { Drafts } from "../drafts";
import { Autosave } from "../autosave";
import { problemOf, type Problem } from "./editor-problem";
import { Run } from "./run.svelte";
import type { Piece } from "./statement";

const draftKey = "query";

export class QueryPage {
  text = $state("");
  /** What ran last. */
  ran = $state.raw<Piece>({ from: 0, text: "" });
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

  /** Runs a piece of the text, or all of it. */
  start(piece: Piece = { from: 0, text: this.text }): Promise<void> {
    this.ran = piece;
    return this.run.start(this.#api, piece.text);
  }

  /** What went wrong, at its place in the whole text. */
  get problem(): Problem | undefined {
    const { failure, state } = this.run;
    if (state !== "failed" || !failure) return undefined;
    const problem = problemOf(failure, this.ran.text);
    if (problem.place) problem.place = { ...problem.place, offset: problem.place.offset + this.ran.from };
    return problem;
  }
}
