/** Answers that leave as a file: the formats, the query for each, and saving them. */

export interface DownloadFormat {
  id: "csv" | "csv-semicolon" | "tsv" | "ndjson" | "json" | "parquet";
  label: string;
  extension: string;
  /** What follows the query. */
  clause: string;
}

export const downloadFormats: DownloadFormat[] = [
  { id: "csv", label: "CSV", extension: "csv", clause: "FORMAT CSVWithNames" },
  {
    id: "csv-semicolon",
    label: "CSV with semicolons",
    extension: "csv",
    clause: "FORMAT CSVWithNames SETTINGS format_csv_delimiter = ';'",
  },
  { id: "tsv", label: "TSV", extension: "tsv", clause: "FORMAT TSVWithNames" },
  { id: "ndjson", label: "NDJSON", extension: "ndjson", clause: "FORMAT JSONEachRow" },
  { id: "json", label: "JSON", extension: "json", clause: "FORMAT JSON" },
  { id: "parquet", label: "Parquet", extension: "parquet", clause: "FORMAT Parquet" },
];

/** The query with the format's clause on a line of its own, since it may end in a comment. */
export function downloadQuery(sql: string, format: DownloadFormat): string {
  return `${sql.replace(/[\s;]+$/, "")}\n${format.clause}`;
}

export function fileName(stem: string, format: DownloadFormat): string {
  return `${stem.replace(/[^\w.-]+/g, "_") || "result"}.${format.extension}`;
}

/** Offers a blob to the person as a file. */
export function saveBlob(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
