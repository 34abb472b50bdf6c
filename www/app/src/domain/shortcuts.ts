/** The app's keys: the list that is shown, and what a key press asks for. */

const mac = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.userAgent);
export const modifier = mac ? "⌘" : "Ctrl";

export const shortcuts: { keys: string[]; does: string }[] = [
  { keys: [modifier, "Enter"], does: "Run the query or the node with the cursor" },
  { keys: [modifier, "K"], does: "Find a data source, pipe or page" },
  { keys: [modifier, "S"], does: "Publish the pipe, or build the file" },
  { keys: ["Shift", "Alt", "F"], does: "Format the text with the cursor" },
  { keys: ["F2"], does: "Rename what the cursor is in, across the project" },
  { keys: ["F12"], does: `Go to where the name is defined; also ${modifier} and a click` },
  { keys: ["F8"], does: "Go to the next finding in the text" },
  { keys: ["?"], does: "Show this list" },
  { keys: ["g", "s"], does: "Go to the start page" },
  { keys: ["g", "q"], does: "Go to the query page" },
  { keys: ["g", "p"], does: "Go to the project" },
  { keys: ["n"], does: "New pipe" },
  { keys: ["o"], does: "Open files" },
  { keys: ["Esc"], does: "Close a dialog, or leave the editor" },
  { keys: ["↑", "↓", "←", "→"], does: "Move in the result grid" },
  { keys: [modifier, "C"], does: "Copy the grid's cell; with Shift, all of it" },
];

export type Command = "find" | "shortcuts" | "start" | "query" | "project" | "new-pipe" | "open-files";

/** Turns key presses into commands. Single letters count only outside of fields. */
export class KeyReader {
  #waiting = false;

  read(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">, inField: boolean): Command | undefined {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") return "find";
    if (event.ctrlKey || event.metaKey || event.altKey || inField) return undefined;
    const after = this.#waiting;
    this.#waiting = event.key === "g";
    if (after) return ({ s: "start", q: "query", p: "project" } as Record<string, Command>)[event.key];
    return ({ "?": "shortcuts", n: "new-pipe", o: "open-files" } as Record<string, Command>)[event.key];
  }
}

export function isField(target: EventTarget | null): boolean {
  return (
    target instanceof Element && target.closest("input, textarea, select, [contenteditable=true], dialog") !== null
  );
}
