/**
 * What the language module says about datafiles, templates and SQL.
 *
 * Every offset is in UTF-16 units, as strings of JavaScript and CodeMirror count them. Ranges are half open.
 */

/** A piece of a text. */
export interface TextRange {
  from: number;
  to: number;
}

/**
 * A text as it stands in an editor.
 *
 * The ending of `path` decides what it is: `.datasource`, `.pipe`, `.connection`, `.incl`, a test in `tests/*.yaml`, or
 * `.sql` for a query of its own (a template when it starts with `%`). With `node`, the text is the SQL of that node of
 * the pipe at `path` alone, and all offsets of questions and answers about it are in that SQL.
 *
 * A text without `node` takes the place of the file at `path` in the project that the client holds, so that checks
 * and names across files are right for what is on the screen. A `.sql` text never becomes part of the project.
 */
export interface Source {
  path: string;
  text: string;
  node?: string;
}

export type Severity = "error" | "warning" | "info";

/** Something wrong, doubtful or worth knowing. */
export interface Diagnostic extends TextRange {
  severity: Severity;
  /** Stable, such as `sql/syntax`, `template/syntax`, `datafile/unknown-directive`, `project/unknown-table`. */
  code: string;
  /** One sentence for people. Plain text; may have several lines. */
  message: string;
  /** What to do about it. */
  hint?: string;
}

/** How a token is shown; the index in this list is the kind in `Tokens`. */
export const tokenKinds = [
  "keyword",
  "function",
  "type",
  "name",
  "number",
  "string",
  "constant",
  "operator",
  "bracket",
  "punctuation",
  "comment",
  "error",
  /** A word that starts a part of a datafile, such as `SCHEMA` or `NODE`. */
  "directive",
  /** The value on a directive's line. */
  "value",
  /** Free text, as in a description. */
  "text",
  /** `{{`, `}}`, `{%`, `%}` and the `%` that makes a query a template. */
  "templateTag",
  /** `if`, `end`, `for` and their like inside a tag. */
  "templateKeyword",
  /** A function of the template language. */
  "templateFunction",
  /** A name inside a tag that is a parameter or a variable. */
  "parameter",
  /** A JSON path of a schema. */
  "jsonPath",
] as const;

export type TokenKind = (typeof tokenKinds)[number];

/** Three numbers for each token, in the order of the text: from, to, index in `tokenKinds`. Tokens do not overlap. */
export type Tokens = Uint32Array;

/** A replacement of a part of a text. Edits of one text are in order and apart. */
export interface TextEdit extends TextRange {
  insert: string;
}

/** A formatted text, or why it stays as it is. `edits` touch only what changed, so that the cursor keeps its place. */
export type Formatted = { ok: true; text: string; edits: TextEdit[] } | { ok: false; message: string };

export type CompletionKind =
  | "keyword"
  | "function"
  | "aggregate"
  | "tableFunction"
  | "type"
  | "engine"
  | "setting"
  | "column"
  | "alias"
  | "datasource"
  | "pipe"
  | "node"
  | "table"
  | "connection"
  | "directive"
  | "value"
  | "templateFunction"
  | "templateKeyword"
  | "parameter";

/** One word that may stand at the cursor. */
export interface Completion {
  label: string;
  kind: CompletionKind;
  /** Short: a column's type, a function's signature. */
  detail?: string;
  /** What is written, where it is not the label. */
  insert?: string;
  /** Where in what is written the cursor goes, where it is not the end. */
  caret?: number;
  /** A sentence or two. Functions have theirs in `functionDoc`. */
  info?: string;
  /** Higher stands first among words that match equally well; 0 where it is left out. From -10 to 10. */
  boost?: number;
}

/** Words that may take the place of `from` to `to`, in no particular order and not filtered by what is typed. */
export interface Completions extends TextRange {
  items: Completion[];
}

/** A ClickHouse function, as the engine has it. */
export interface FunctionDoc {
  name: string;
  category: string;
  signature: string;
  description: string;
  /** A query that shows it. */
  example?: string;
}

/** A column of something that is read. */
export interface Column {
  name: string;
  /** ClickHouse's type, empty where it is not known. */
  type: string;
}

/** What stands under the pointer. */
export interface Hover extends TextRange {
  kind: CompletionKind;
  /** What it is called, with a function's arguments or a column's type: one line of code. */
  title: string;
  /** Plain text; may have several lines. */
  text?: string;
  /** Code that shows it. */
  example?: string;
  /** Columns of a data source, node or pipe. */
  columns?: Column[];
}

/** The call around the cursor. */
export interface SignatureHelp extends TextRange {
  name: string;
  signature: string;
  description?: string;
  /** Which argument the cursor is in, from 0. */
  argument: number;
}

/** A place in a file of the project; with `node`, in the SQL of that node, as asked about. */
export interface TextLocation extends TextRange {
  path: string;
  node?: string;
}

/** Something that has one name across the project. */
export type Renamed =
  | { kind: "datasource"; name: string }
  | { kind: "pipe"; name: string }
  | { kind: "connection"; name: string }
  | { kind: "node"; name: string; pipe: string };

/** What may be renamed at the cursor; the range holds the name. */
export type Renameable = TextRange & { what: Renamed };

/** Everything that a rename changes, or why it cannot be. Edits apply to the files before they move. */
export type Rename =
  | { ok: true; edits: Record<string, TextEdit[]>; moves: Record<string, string> }
  | { ok: false; message: string };

/** A parameter of a pipe's endpoint. */
export interface Parameter {
  name: string;
  /** As declared, such as `String`, `Int32`, `Array(Date)`. */
  type: string;
  default?: string | number | boolean | null | unknown[];
  required: boolean;
  description?: string;
  example?: unknown;
  format?: string;
  enum?: unknown[];
  /** Further keyword arguments of the declaration. */
  attributes?: Record<string, unknown>;
}

export type LineageKind =
  | "connection"
  | "datasource"
  /** A pipe without a role, or a node without one. */
  | "pipe"
  | "endpoint"
  | "materialized"
  | "copy"
  | "sink"
  /** Another workspace that a data source is shared with, or comes from. */
  | "workspace";

/** Something that data flows through. */
export interface LineageNode {
  /** Unique in the answer. */
  id: string;
  kind: LineageKind;
  /** Name of the resource, or of the node. */
  name: string;
  /** The pipe of a node, where the lineage is asked by nodes. */
  pipe?: string;
  /** The file, unless it is another workspace. */
  path?: string;
}

export type LineageEdgeKind = "reads" | "materializes" | "copies" | "sinks" | "imports" | "shared";

/** Data flows from one to the other. */
export interface LineageEdge {
  from: string;
  to: string;
  kind: LineageEdgeKind;
}

/** The flow of data through a project. */
export interface Lineage {
  nodes: LineageNode[];
  edges: LineageEdge[];
}

/** A part of a file, for folding and for an outline. */
export interface Section extends TextRange {
  kind: "directive" | "node" | "column" | "block";
  /** The directive, or the name of the node or column. */
  name: string;
  /** What a fold hides; absent where there is nothing to hide. */
  fold?: TextRange;
}
