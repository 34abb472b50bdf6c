/** Edits of texts: applying them, and showing them line by line before they are. */

import type { Rename, TextEdit } from "kinglet";

import type { ProjectFiles } from "../../engine/types";
import type { Draft } from "./language.svelte";

/** The text with all edits done; they are in order and do not overlap. */
export function applyEdits(text: string, edits: TextEdit[]): string {
  let done = "";
  let at = 0;
  for (const { from, to, insert } of edits) {
    done += text.slice(at, from) + insert;
    at = to;
  }
  return done + text.slice(at);
}

export type GoodRename = Extract<Rename, { ok: true }>;

/** The drafts that a rename makes: changed texts under their new paths, and null for paths that are left. */
export function draftsOf(rename: GoodRename, files: ProjectFiles): Record<string, Draft> {
  const drafts: Record<string, Draft> = {};
  for (const path of new Set([...Object.keys(rename.edits), ...Object.keys(rename.moves)])) {
    const text = files[path];
    if (text === undefined) continue;
    const target = rename.moves[path] ?? path;
    if (target !== path) drafts[path] = null;
    drafts[target] = applyEdits(text, rename.edits[path] ?? []);
  }
  return drafts;
}

/** One changed line: what stays on either side, and what goes and comes in between. */
export interface ChangedLine {
  line: number;
  pieces: { text: string; kind: "same" | "gone" | "new" }[];
}

/** The lines that edits change, in order; several edits of one line stand in one entry. */
export function changedLines(text: string, edits: TextEdit[]): ChangedLine[] {
  const found: ChangedLine[] = [];
  let open: ChangedLine | undefined;
  let lineEnd = -1;
  let at = 0;
  const add = (piece: string, kind: "same" | "gone" | "new"): void => {
    if (piece !== "") open?.pieces.push({ text: piece, kind });
  };
  for (const { from, to, insert } of edits) {
    if (from > lineEnd) {
      add(text.slice(at, lineEnd), "same");
      at = text.lastIndexOf("\n", from - 1) + 1;
      open = { line: text.slice(0, at).split("\n").length, pieces: [] };
      found.push(open);
    }
    add(text.slice(at, from), "same");
    add(text.slice(from, to), "gone");
    add(insert, "new");
    at = to;
    const end = text.indexOf("\n", to);
    lineEnd = end < 0 ? text.length : end;
  }
  add(text.slice(at, lineEnd), "same");
  return found;
}
