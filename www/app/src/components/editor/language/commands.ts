/** What a person asks the language module to do with the text: format it, go to a name's home, rename it. */

import { EditorView, keymap, type Command } from "@codemirror/view";
import { Prec, type Extension } from "@codemirror/state";
import type { TextLocation, Source } from "kinglet";

import type { LanguageHost } from "./host";

export function commands(host: LanguageHost): Extension {
  const format: Command = (view) => (void formatText(view, host), true);
  const rename: Command = (view) => (void renameAt(view, host), true);
  const go: Command = (view) => (void goToDefinition(view, host, view.state.selection.main.head), true);
  return [
    Prec.high(
      keymap.of([
        { key: "Shift-Alt-f", run: format, preventDefault: true },
        { key: "F2", run: rename },
        { key: "F12", run: go },
      ]),
    ),
    EditorView.domEventHandlers({
      mousedown(event, view) {
        if (!(event.ctrlKey || event.metaKey) || event.button !== 0) return false;
        const position = view.posAtCoords({ x: event.clientX, y: event.clientY });
        if (position === null) return false;
        event.preventDefault();
        void goToDefinition(view, host, position);
        return true;
      },
    }),
  ];
}

/** Puts the text into its normal layout; the cursor keeps its place. */
export async function formatText(view: EditorView, host: LanguageHost): Promise<void> {
  if (view.state.readOnly) return;
  const { doc } = view.state;
  const source = host.source(doc.toString());
  const formatted = await host.language.ask((client) => client.format(source));
  if (!formatted) return host.onsay(missing(host));
  if (!formatted.ok) return host.onsay(formatted.message);
  if (view.state.doc !== doc) return;
  const isFile = source.node === undefined && !source.path.endsWith(".sql");
  view.dispatch({
    // A file ends in a line end, a query in its editor does not.
    changes: formatted.edits.map(({ from, to, insert }) =>
      ({ from, to, insert: isFile || to < doc.length ? insert : insert.trimEnd() })),
    userEvent: "format",
    scrollIntoView: true,
  });
}

export async function renameAt(view: EditorView, host: LanguageHost): Promise<void> {
  const source = host.source(view.state.doc.toString());
  const found = await host.language.ask((client) => client.renameable(source, view.state.selection.main.head));
  if (found) host.onrename(found);
  else if (host.language.state !== "ready") host.onsay(missing(host));
  else host.onsay("Put the cursor into the name of a data source, a pipe or a node to rename it.");
}

/** Why a command does nothing now. */
function missing({ language }: LanguageHost): string {
  return language.state === "failed"
    ? `The language module could not be loaded (${language.problem}). Reload the page to try again.`
    : "The language module is on its way. Try again in a moment.";
}

async function goToDefinition(view: EditorView, host: LanguageHost, position: number): Promise<void> {
  const source = host.source(view.state.doc.toString());
  const places = await host.language.ask((client) => client.definition(source, position));
  const place = places?.[0];
  if (!place) return;
  if (!isHere(place, source)) return host.onopen(place);
  select(view, place.from, place.to);
}

function isHere(place: TextLocation, source: Source): boolean {
  return place.path === source.path && place.node === source.node;
}

/** Selects a piece of the text and scrolls to it. */
export function select(view: EditorView, from: number, to = from): void {
  const length = view.state.doc.length;
  const anchor = Math.min(from, length);
  const effects = EditorView.scrollIntoView(anchor, { y: "center" });
  view.dispatch({ selection: { anchor, head: Math.min(to, length) }, effects });
  view.focus();
}
