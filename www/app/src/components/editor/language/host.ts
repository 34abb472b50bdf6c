/** What an editor tells the language module, and what it hands to the page around it. */

import type { TextLocation, Renameable, Source } from "kinglet";

import type { Language } from "../../../domain/language/language.svelte";

export interface LanguageHost {
  language: Language;
  /** The text that is edited, as the module must see it. */
  source: (text: string) => Source;
  /** Shows a place that is not in this editor. */
  onopen: (place: TextLocation) => void;
  /** Asks for the new name of what is at the cursor. */
  onrename: (found: Renameable) => void;
  /** A sentence for the person, such as why a text stays as it is. */
  onsay: (text: string) => void;
  /** Told of every change of what the module finds wrong with the text. */
  onproblems: (problems: EditorProblem[]) => void;
}

/** Something wrong with the text of an editor, with its place for a person. */
export interface EditorProblem {
  severity: "error" | "warning" | "info";
  message: string;
  hint: string;
  from: number;
  line: number;
}
