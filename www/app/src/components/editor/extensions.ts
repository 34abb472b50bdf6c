/** The set of CodeMirror extensions that every editor of the app has. */

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, foldGutter, foldKeymap, indentUnit } from "@codemirror/language";
import { lintKeymap } from "@codemirror/lint";
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

import { clickhouse, datafile } from "./clickhouse-mode";
import { datafileCompletion, sqlCompletion, type Schema } from "./completion";
import { editorTheme } from "./editor-theme";
import { analysis, foldsChanged } from "./language/analysis";
import { commands } from "./language/commands";
import { languageCompletion } from "./language/complete";
import { hover } from "./language/docs";
import type { LanguageHost } from "./language/host";

export interface EditorOptions {
  language: "sql" | "datafile";
  label: string;
  hint: string;
  readOnly: boolean;
  /** What is completed until the language module has arrived. */
  schema: () => Schema;
  host: LanguageHost;
  onchange: (text: string) => void;
  onrun: () => void;
  onleave: () => void;
}

export function editorExtensions(options: EditorOptions): Extension[] {
  const isDatafile = options.language === "datafile";
  const words = isDatafile ? datafileCompletion(options.schema) : sqlCompletion(options.schema);
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
    commands(options.host),
    lineNumbers(),
    foldGutter({ markerDOM: foldMarker, foldingChanged: foldsChanged }),
    drawSelection(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    bracketMatching(),
    closeBrackets(),
    indentUnit.of(isDatafile ? "    " : "  "),
    // Strictly by the beginning, since Enter takes the first word that is offered.
    autocompletion({ override: [languageCompletion(options.host, words)], icons: false, filterStrict: true }),
    keymap.of([
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...defaultKeymap,
      ...historyKeymap,
      ...foldKeymap,
      ...lintKeymap,
      { key: "Escape", run: leave },
      indentWithTab,
    ]),
    isDatafile ? datafile : clickhouse,
    analysis(options.host),
    hover(options.host),
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

function foldMarker(open: boolean): HTMLElement {
  const mark = document.createElement("span");
  mark.textContent = open ? "⌄" : "›";
  mark.title = open ? "Fold" : "Unfold";
  return mark;
}
