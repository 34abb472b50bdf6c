/** Completion by the language module, and by word lists until it has arrived. */

import {
  insertBracket,
  type Completion,
  type CompletionContext,
  type CompletionSource,
} from "@codemirror/autocomplete";
import type { EditorView } from "@codemirror/view";
import type { Completion as Word } from "kinglet";

import { functionBox, textBox } from "./docs";
import type { LanguageHost } from "./host";

export function languageCompletion(host: LanguageHost, fallback: CompletionSource): CompletionSource {
  return async (context: CompletionContext) => {
    if (host.language.state !== "ready") return fallback(context);
    const word = context.matchBefore(/[\w.]+/);
    const before = context.state.sliceDoc(Math.max(0, context.pos - 1), context.pos);
    if (!context.explicit && !word && !/[({`'".$]/.test(before)) return null;
    const source = host.source(context.state.doc.toString());
    const found = await host.language.ask((client) => client.complete(source, context.pos));
    if (!found || context.aborted || found.items.length === 0) return null;
    const options = found.items.map((item) => optionOf(item, host));
    return { from: found.from, options, validFor: /^\w*$/ };
  };
}

function optionOf(word: Word, host: LanguageHost): Completion {
  const { label, kind, detail, insert, caret, info, boost } = word;
  const option: Completion = { label, type: kind };
  if (detail) option.detail = detail;
  if (boost) option.boost = boost;
  if (info) option.info = () => textBox(info);
  else if (kind === "function" || kind === "aggregate" || kind === "tableFunction") option.info = () => docOf(label, host);
  if (insert !== undefined || caret !== undefined) {
    const text = insert ?? label;
    option.apply = (view, _completion, from, to) => place(view, text, from, to, caret ?? text.length);
  }
  return option;
}

/** The documentation is asked for when the word is looked at, not before. */
async function docOf(name: string, host: LanguageHost): Promise<Node | null> {
  const doc = await host.language.ask((client) => client.functionDoc(name));
  return doc ? functionBox(doc) : null;
}

function place(view: EditorView, text: string, from: number, to: number, caret: number): void {
  const called = text.endsWith("()") && caret === text.length - 1;
  const insert = called ? text.slice(0, -2) : text;
  view.dispatch({
    changes: { from, to, insert },
    selection: { anchor: from + Math.min(caret, insert.length) },
    userEvent: "input.complete",
    scrollIntoView: true,
  });
  // Brackets that the editor adds itself are typed over later.
  const brackets = called ? insertBracket(view.state, "(") : null;
  if (brackets) view.dispatch(brackets);
}
