/** The set of CodeMirror extensions that every editor of the app has. */

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, indentUnit } from "@codemirror/language";
import { setDiagnostics } from "@codemirror/lint";
import { EditorState, Prec, type Extension } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  placeholder,
} from "@codemirror/view";

import type { Problem } from "../../domain/query/editor-problem";
import { clickhouse, datafile } from "./clickhouse-mode";
import { datafileCompletion, sqlCompletion, type Schema } from "./completion";
import { editorTheme } from "./editor-theme";

export interface EditorOptions {
  language: "sql" | "datafile";
  label: string;
  hint: string;
  readOnly: boolean;
  schema: () => Schema;
  onchange: (text: string) => void;
  onrun: () => void;
  onleave: () => void;
}

export function editorExtensions(options: EditorOptions): Extension[] {
  const isDatafile = options.language === "datafile";
  const complete = isDatafile ? datafileCompletion(options.schema) : sqlCompletion(options.schema);
  const run = (): boolean => {
    options.onrun();
    return true;
  };
  /** Tab indents, so Esc is the way on to the next control. */
  const leave = (): boolean => {
    options.onleave();
    return true;
  };
  return [
    Prec.highest(keymap.of([{ key: "Mod-Enter", run, preventDefault: true }])),
    history(),
    lineNumbers(),
    drawSelection(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    bracketMatching(),
    closeBrackets(),
    indentUnit.of(isDatafile ? "    " : "  "),
    autocompletion({ override: [complete], icons: false }),
    keymap.of([
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...defaultKeymap,
      ...historyKeymap,
      { key: "Escape", run: leave },
      indentWithTab,
    ]),
    isDatafile ? datafile : clickhouse,
    editorTheme,
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ "aria-label": options.label, spellcheck: "false" }),
    options.hint ? placeholder(options.hint) : [],
    options.readOnly ? [EditorState.readOnly.of(true), EditorView.editable.of(true)] : [],
    EditorView.updateListener.of((update) => {
      if (update.docChanged) options.onchange(update.state.doc.toString());
    }),
  ];
}

/** Underlines the place of a failure, or removes the line when there is none. */
export function showProblem(view: EditorView, problem: Problem | undefined): void {
  const length = view.state.doc.length;
  const place = problem?.place;
  const from = Math.min(place?.offset ?? 0, length);
  const marks =
    problem && place
      ? [
          {
            from,
            to: Math.min(from + place.length, length),
            severity: "error" as const,
            message: `${problem.label}\n${problem.message}`,
          },
        ]
      : [];
  view.dispatch(setDiagnostics(view.state, marks));
}
