/** What went wrong with a call, with the engine's error code, name and place in the text. */

export interface Place {
  /** Offset in UTF-16 units from the start of the text that was sent. */
  offset: number;
  length: number;
}

/** A line and a column from 1; without a file, of the text that was sent. */
export interface Written {
  file?: string;
  line: number;
  column: number;
}

export class ApiFailure extends Error {
  override readonly name = "ApiFailure";

  constructor(
    message: string,
    /** HTTP status, or 0 when no answer arrived. */
    readonly status: number,
    /** ClickHouse's error number, such as 47. */
    readonly code?: number,
    /** ClickHouse's error name, such as UNKNOWN_IDENTIFIER. */
    readonly codeName?: string,
    /** Errors of single files, from a failed build. */
    readonly files: FileError[] = [],
    /** The host that the engine may not reach before the person agrees. */
    readonly host?: string,
    /** Where it lies: in a file of the project, or in the query that was sent. */
    readonly at?: Written,
  ) {
    super(message);
  }
}

export interface FileError {
  filename: string;
  error: string;
}

/** Builds a failure from an answer whose status says that it failed. */
export async function failureFrom(response: Response): Promise<ApiFailure> {
  const code = Number(response.headers.get("x-db-exception-code")) || undefined;
  return failureFromText(response.status, await response.text(), code);
}

export function failureFromText(status: number, text: string, header?: number): ApiFailure {
  const { message, files, host, at } = readBody(text, status);
  const found = /\bCode: (\d+)\b/.exec(message);
  const name = /\(([A-Z][A-Z0-9_]{3,})\)/.exec(message);
  const code = header ?? (found ? Number(found[1]) : undefined);
  return new ApiFailure(tidy(message), status, code, name?.[1] ?? (code === 62 ? "SYNTAX_ERROR" : undefined), files, host, at);
}

interface FailedBody {
  message: string;
  files: FileError[];
  host?: string;
  at?: Written | undefined;
}

function readBody(text: string, status: number): FailedBody {
  try {
    const body = JSON.parse(text) as { error?: unknown; errors?: unknown; code?: unknown; host?: unknown; place?: Written };
    const files = Array.isArray(body.errors) ? body.errors.map(fileError) : [];
    if (body.code === "host_not_allowed") return { message: String(body.error), files, host: String(body.host) };
    if (typeof body.error === "string" && body.error) return { message: body.error, files, at: body.place };
    const first = files[0];
    if (first) return { message: first.error, files };
    if (body.error) return { message: JSON.stringify(body.error), files };
  } catch {
    // Not JSON: a proxy's page or plain text.
  }
  return { message: text.trim().slice(0, 2000) || `The answer has status ${status}.`, files: [] };
}

function fileError(value: unknown): FileError {
  const entry = value as Partial<FileError>;
  return typeof value === "string"
    ? { filename: "", error: value }
    : { filename: String(entry.filename ?? ""), error: String(entry.error ?? "") };
}

/** Drops the prefixes and the trailing name that are shown elsewhere. */
function tidy(message: string): string {
  return message
    .replace(/^\[Error\]\s*/, "")
    .replace(/^Code: \d+\.\s*/, "")
    .replace(/^DB::Exception:\s*/, "")
    .replace(/\s*FORMAT JSONCompact(?=\W)/, "")
    .replace(/\s*\(version [^)]*\)\s*$/, "")
    .replace(/\s*\([A-Z][A-Z0-9_]{3,}\)\s*\.?\s*$/, "")
    .trim();
}

/** The sentence for a person, whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}
