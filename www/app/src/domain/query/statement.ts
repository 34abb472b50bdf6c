/** The trailing FORMAT of a statement, as far as the query page must know it. */

const trailing = /\bFORMAT\s+([A-Za-z]\w*)\s*((?:SETTINGS\s[\s\S]*?)?)[\s;]*$/i;

export interface Statement {
  sql: string;
  /** The statement without FORMAT and what follows it. */
  bare: string;
  /** Name of the format that the person asked for. */
  format?: string;
}

/** Splits off FORMAT at the end. Text in quotes, comments and brackets is no FORMAT. */
export function readStatement(sql: string): Statement {
  const found = trailing.exec(blankOut(sql));
  const text = sql.replace(/[\s;]+$/, "");
  const format = found?.[1];
  return format ? { sql: text, bare: sql.slice(0, found.index).trimEnd(), format } : { sql: text, bare: text };
}

export interface Piece {
  from: number;
  text: string;
}

/** The statement around a cursor, where statements end in semicolons; the last one behind the last. */
export function statementAt(text: string, cursor: number): Piece {
  const bare = blankOut(text);
  const ends = [...bare.matchAll(/;/g)].map((match) => match.index);
  const starts = [0, ...ends.map((end) => end + 1)].filter((start) => bare.slice(start).trim() !== "" || start === 0);
  const at = starts.findLastIndex((start) => start <= cursor || start === 0);
  const from = starts[at] ?? 0;
  const to = ends.find((end) => end >= from) ?? text.length;
  const lead = /^\s*/.exec(text.slice(from, to))?.[0].length ?? 0;
  return { from: from + lead, text: text.slice(from + lead, to).trimEnd() };
}

/** The same text with quoted parts and comments replaced by spaces, so that offsets stay. */
function blankOut(sql: string): string {
  return sql.replace(/'(?:\\.|''|[^'\\])*'|"(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`|--[^\n]*|\/\*[\s\S]*?\*\//g, (part) =>
    " ".repeat(part.length),
  );
}

const binaryFormats = new Set(["parquet", "native", "rowbinarywithnamesandtypes", "rowbinary", "arrow", "odbcdriver2"]);

export function isBinaryFormat(format: string): boolean {
  return binaryFormats.has(format.toLowerCase());
}
