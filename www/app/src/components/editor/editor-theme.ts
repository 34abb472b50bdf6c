/** The editor's look, from the page's own colours, so that one theme serves light and dark. */

import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--syn-keyword)", fontWeight: "600" },
  { tag: tags.heading, color: "var(--syn-keyword)", fontWeight: "700" },
  { tag: tags.typeName, color: "var(--syn-type)" },
  { tag: tags.function(tags.variableName), color: "var(--syn-function)" },
  { tag: tags.string, color: "var(--syn-string)" },
  { tag: tags.number, color: "var(--syn-number)" },
  { tag: tags.comment, color: "var(--syn-comment)", fontStyle: "italic" },
  { tag: tags.meta, color: "var(--syn-template)", fontWeight: "600" },
]);

const frame = EditorView.theme({
  "&": { backgroundColor: "transparent", color: "var(--ink)", fontSize: "13px" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.6" },
  ".cm-content": { padding: "10px 0", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0 12px 0 6px" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--ink-3)", border: "none", paddingLeft: "6px" },
  ".cm-activeLine": { backgroundColor: "transparent" },
  "&.cm-focused .cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--crown) 7%, transparent)" },
  ".cm-activeLineGutter": { backgroundColor: "transparent", color: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "2px" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "var(--selection)",
  },
  ".cm-matchingBracket": { backgroundColor: "var(--moss-wash)", outline: "1px solid var(--line-strong)" },
  ".cm-placeholder": { color: "var(--ink-3)" },
  ".cm-tooltip": {
    border: "1px solid var(--line-strong)",
    borderRadius: "6px",
    backgroundColor: "var(--panel)",
    color: "var(--ink)",
    boxShadow: "var(--shadow)",
  },
  ".cm-tooltip-autocomplete > ul > li": { padding: "2px 8px" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--crown)", color: "var(--crown-ink)" },
  ".cm-completionDetail": { color: "var(--ink-3)", fontStyle: "normal" },
  "li[aria-selected] .cm-completionDetail": { color: "var(--crown-ink)" },
  ".cm-lintRange": { backgroundImage: "none", textDecorationSkipInk: "none", textUnderlineOffset: "3px" },
  ".cm-lintRange-error": { textDecoration: "underline wavy var(--bad) 1.5px", backgroundColor: "var(--bad-wash)" },
  ".cm-lintRange-warning": { textDecoration: "underline wavy var(--warn) 1.5px" },
  ".cm-lintRange-info": { textDecoration: "underline dotted var(--ink-3) 1.5px" },
  ".cm-lintPoint:after": { borderBottomColor: "var(--bad)" },
  ".cm-diagnostic": {
    borderLeft: "3px solid var(--ink-3)",
    padding: "6px 10px",
    maxWidth: "64ch",
    whiteSpace: "pre-wrap",
    fontFamily: "var(--ui)",
  },
  ".cm-diagnostic-error": { borderLeftColor: "var(--bad)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--warn)" },
  ".cm-hint": { display: "block", color: "var(--ink-2)" },
  ".cm-panels": { backgroundColor: "var(--sunken)", color: "var(--ink)", borderColor: "var(--line)" },
  ".cm-foldGutter .cm-gutterElement": { color: "var(--ink-3)", cursor: "pointer", padding: "0 2px" },
  ".cm-foldPlaceholder": {
    padding: "0 6px",
    border: "none",
    borderRadius: "4px",
    backgroundColor: "var(--crown-wash)",
    color: "var(--ink-2)",
  },
  ".cm-doc": { display: "grid", gap: "6px", maxWidth: "64ch", maxHeight: "320px", padding: "8px 10px", overflow: "auto" },
  ".cm-doc p": { whiteSpace: "pre-wrap", fontFamily: "var(--ui)", fontSize: "13px" },
  ".cm-doc pre": { padding: "6px 8px", borderRadius: "4px", backgroundColor: "var(--sunken)", whiteSpace: "pre-wrap" },
  ".cm-doc dl": { display: "grid", gridTemplateColumns: "auto 1fr", gap: "1px 14px", fontFamily: "var(--mono)" },
  ".cm-doc dd": { margin: 0, color: "var(--syn-type)" },
  ".cm-doc-title": { fontFamily: "var(--mono)", fontWeight: "600", whiteSpace: "pre-wrap" },
  ".tok-keyword": { color: "var(--syn-keyword)", fontWeight: "600" },
  ".tok-directive": { color: "var(--syn-keyword)", fontWeight: "700" },
  ".tok-function": { color: "var(--syn-function)", fontWeight: "400" },
  ".tok-type": { color: "var(--syn-type)", fontWeight: "400" },
  ".tok-number, .tok-constant": { color: "var(--syn-number)", fontWeight: "400" },
  ".tok-string, .tok-jsonPath": { color: "var(--syn-string)", fontWeight: "400" },
  ".tok-comment": { color: "var(--syn-comment)", fontStyle: "italic", fontWeight: "400" },
  ".tok-name, .tok-operator, .tok-punctuation, .tok-bracket, .tok-value": { color: "var(--ink)", fontWeight: "400" },
  ".tok-text": { color: "var(--ink-2)", fontWeight: "400", fontFamily: "var(--ui)" },
  ".tok-templateTag, .tok-templateKeyword, .tok-templateFunction": { color: "var(--syn-template)", fontWeight: "600" },
  ".tok-parameter": { color: "var(--syn-template)", fontWeight: "400" },
});

export const editorTheme = [frame, syntaxHighlighting(colours)];
