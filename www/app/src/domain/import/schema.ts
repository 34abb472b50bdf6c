/** The schema of an import: as inferred, as edited, and as the text of a data source file. */

export interface ImportColumn {
  name: string;
  type: string;
  /** Where the value is in a JSON document, such as `$.user.id`. */
  path: string;
  include: boolean;
}

/** Types offered in the list; any other ClickHouse type can be typed in. */
export const commonTypes = [
  "String",
  "LowCardinality(String)",
  "Nullable(String)",
  "Int8",
  "Int16",
  "Int32",
  "Int64",
  "UInt8",
  "UInt16",
  "UInt32",
  "UInt64",
  "Float32",
  "Float64",
  "Nullable(Int32)",
  "Nullable(Int64)",
  "Nullable(Float64)",
  "Bool",
  "Date",
  "DateTime",
  "DateTime64(3)",
  "DateTime64(6)",
  "Nullable(DateTime)",
  "UUID",
  "Array(String)",
  "Array(Int32)",
  "Array(Float64)",
  "Decimal(18, 4)",
  "Map(String, String)",
];

/** The `schema` parameter and the body of SCHEMA: one column for each line. */
export function schemaText(columns: ImportColumn[]): string {
  return columns
    .filter((column) => column.include)
    .map((column) => `${identifier(column.name)} ${column.type.trim()}${column.path ? ` \`json:${column.path}\`` : ""}`)
    .join(",\n");
}

/** What is wrong with each column, by index; an empty map when all is well. */
export function columnProblems(columns: ImportColumn[]): Map<number, string> {
  const problems = new Map<number, string>();
  const seen = new Set<string>();
  columns.forEach((column, index) => {
    if (!column.include) return;
    if (!/^[A-Za-z_][\w.]*$/.test(column.name)) problems.set(index, "Use letters, digits and underscores.");
    else if (seen.has(column.name)) problems.set(index, "This name occurs twice.");
    else if (column.type.trim() === "") problems.set(index, "Give it a type.");
    else if (/[`\n,;]/.test(column.type.replace(/\([^]*\)/g, ""))) problems.set(index, "This is not a type.");
    seen.add(column.name);
  });
  return problems;
}

export interface DataSourceText {
  description: string;
  columns: ImportColumn[];
  sortingKey: string[];
}

/** The `.datasource` file that an import creates. */
export function dataSourceText({ description, columns, sortingKey }: DataSourceText): string {
  const lines = ["DESCRIPTION >", `    ${description}`, "", "SCHEMA >"];
  lines.push(
    ...schemaText(columns)
      .split("\n")
      .map((line) => `    ${line}`),
  );
  lines.push("", 'ENGINE "MergeTree"');
  if (sortingKey.length > 0) lines.push(`ENGINE_SORTING_KEY "${sortingKey.join(", ")}"`);
  return `${lines.join("\n")}\n`;
}

function identifier(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : `\`${name}\``;
}
