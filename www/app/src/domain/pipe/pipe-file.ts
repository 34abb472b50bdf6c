/** The `.pipe` file as the editor needs it: nodes with their SQL, everything else kept as it was. */

export type NodeKind = "standard" | "endpoint" | "materialized" | "copy" | "sink";
export const nodeKinds: NodeKind[] = ["standard", "endpoint", "materialized", "copy", "sink"];

export interface PipeNodeText {
  name: string;
  sql: string;
  kind: NodeKind;
  description: string;
  /** Directives other than NODE, SQL, TYPE and DESCRIPTION, as they stood. */
  directives: string[];
}

export interface PipeText {
  description: string;
  /** Directives before the first node other than DESCRIPTION, as they stood. */
  directives: string[];
  nodes: PipeNodeText[];
}

const words = new Set(
  (
    "DESCRIPTION TOKEN TAGS NODE SCOPE SQL TYPE DATASOURCE TARGET_DATASOURCE COPY_SCHEDULE COPY_MODE MODE " +
    "ON_DEMAND_COMPUTE DEPLOYMENT_METHOD EXPORT_CONNECTION_NAME EXPORT_SCHEDULE EXPORT_BUCKET_URI " +
    "EXPORT_FILE_TEMPLATE EXPORT_FORMAT EXPORT_COMPRESSION EXPORT_STRATEGY EXPORT_WRITE_STRATEGY " +
    "EXPORT_KAFKA_TOPIC FILTER INCLUDE VERSION EXPORT_SERVICE"
  ).split(" "),
);

interface Directive {
  word: string;
  value: string;
  body: string[] | undefined;
  lines: string[];
}

/** Reads a `.pipe` file. Text that belongs to no directive is kept among the directives. */
export function readPipe(text: string): PipeText {
  const pipe: PipeText = { description: "", directives: [], nodes: [] };
  let node: PipeNodeText | undefined;
  for (const directive of directivesOf(text)) {
    const target: PipeText | PipeNodeText = node ?? pipe;
    if (directive.word === "NODE" || directive.word === "SCOPE") {
      node = { name: directive.value, sql: "", kind: "standard", description: "", directives: [] };
      pipe.nodes.push(node);
    } else if (directive.word === "DESCRIPTION") {
      target.description = directive.body ? dedent(directive.body) : unquote(directive.value);
    } else if (directive.word === "SQL" && node) {
      node.sql = dedent(directive.body ?? []);
    } else if (directive.word === "TYPE" && node) {
      node.kind = kindOf(directive.value);
    } else {
      target.directives.push(...directive.lines);
    }
  }
  return pipe;
}

function directivesOf(text: string): Directive[] {
  const found: Directive[] = [];
  let open: Directive | undefined;
  for (const line of text.split(/\r\n|\r|\n/)) {
    const word = /^(\w+)/.exec(line)?.[1]?.toUpperCase() ?? "";
    if (words.has(word)) {
      const value = line.slice(word.length).trim();
      open = { word, value, body: /^>/.test(value) ? [] : undefined, lines: [line] };
      found.push(open);
    } else if (open?.body) {
      open.body.push(line);
      open.lines.push(line);
    } else if (line.trim() !== "" && !line.startsWith("#")) {
      open = undefined;
      found.push({ word: "", value: line, body: undefined, lines: [line] });
    }
  }
  return found;
}

function kindOf(value: string): NodeKind {
  const word = unquote(value).toLowerCase();
  return nodeKinds.find((kind) => kind === word) ?? "standard";
}

/** Removes the common indentation, blank lines around, and trailing space. */
function dedent(lines: string[]): string {
  const filled = lines.filter((line) => line.trim() !== "");
  const depth = Math.min(...filled.map((line) => /^[ \t]*/.exec(line)?.[0].length ?? 0));
  return lines
    .map((line) => line.slice(Math.min(depth, /^[ \t]*/.exec(line)?.[0].length ?? 0)).trimEnd())
    .join("\n")
    .replace(/^\n+|\n+$/g, "");
}

function unquote(value: string): string {
  return /^(["']).*\1$/.test(value) ? value.slice(1, -1) : value;
}

/** The index of the node whose part of the file holds an offset; -1 before the first node. */
export function nodeAt(text: string, offset: number): number {
  return (text.slice(0, offset).match(/^(?:NODE|SCOPE)\b/gim)?.length ?? 0) - (startsNode(text, offset) ? 0 : 1);
}

/** The offset is in the word NODE itself, or before it on its line. */
function startsNode(text: string, offset: number): boolean {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const word = /^(?:NODE|SCOPE)\b/i.exec(text.slice(start));
  return word !== null && offset - start < word[0].length;
}
