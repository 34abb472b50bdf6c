/** The trailing FORMAT of a statement, as far as the query page must know it. */

const trailing = /\bFORMAT\s+([A-Za-z]\w*)\s*((?:SETTINGS\s[\s\S]*?)?)[\s;]*$/i;

export interface Statement {
  sql: string;
  /** Name of the format that the person asked for. */
  format?: string;
}

/** Splits off FORMAT at the end. Text in quotes, comments and brackets is no FORMAT. */
export function readStatement(sql: string): Statement {
  const bare = blankOut(sql);
  const found = trailing.exec(bare);
  const format = found?.[1];
  return format ? { sql: sql.replace(/[\s;]+$/, ""), format } : { sql: sql.replace(/[\s;]+$/, "") };
}

/** The same text with quoted parts and comments replaced by spaces, so that offsets stay. */
function blankOut(sql: string): string {
  return sql.replace(
    /'(?:\\.|''|[^'\\])*'|"(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`|--[^\n]*|\/\*[\s\S]*?\*\//g,
    (part) => " ".repeat(part.length),
  );
}

const binaryFormats = new Set(["parquet", "native", "rowbinarywithnamesandtypes", "rowbinary", "arrow", "odbcdriver2"]);

export function isBinaryFormat(format: string): boolean {
  return binaryFormats.has(format.toLowerCase());
}
