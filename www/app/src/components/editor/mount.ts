/** An editor in the page. This file and what it imports are loaded when the first editor is shown. */

import { EditorView } from "@codemirror/view";

import type { Problem } from "../../domain/query/editor-problem";
import { statementAt, type Piece } from "../../domain/query/statement";
import { editorExtensions, type EditorOptions } from "./extensions";
import { refresh, showFailure } from "./language/analysis";
import { formatText, renameAt, select } from "./language/commands";

/** What a component does with its editor. */
export interface EditorHandle {
  setText(text: string): void;
  showProblem(problem: Problem | undefined): void;
  /** Something that the text is checked against has changed. */
  refresh(): void;
  format(): void;
  rename(): void;
  /** Selects a piece and scrolls to it. */
  select(from: number, to?: number): void;
  /** The selected text, or the statement at the cursor. */
  piece(): Piece;
  focus(): void;
  destroy(): void;
}

export function mountEditor(parent: HTMLElement, text: string, options: EditorOptions): EditorHandle {
  const view = new EditorView({ doc: text, extensions: editorExtensions(options), parent });
  return {
    setText(wanted) {
      if (view.state.doc.toString() === wanted) return;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: wanted } });
    },
    showProblem: (problem) => showFailure(view, problem),
    refresh: () => refresh(view),
    format: () => void formatText(view, options.host),
    rename: () => void renameAt(view, options.host),
    select: (from, to) => select(view, from, to),
    piece() {
      const { from, to } = view.state.selection.main;
      if (from !== to) return { from, text: view.state.sliceDoc(from, to) };
      return statementAt(view.state.doc.toString(), from);
    },
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  };
}
