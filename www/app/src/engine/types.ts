/** Shapes of the HTTP API, as far as the app reads them. */

export interface Column {
  name: string;
  type: string;
}

export interface SchemaColumn extends Column {
  jsonpath?: string | null;
  default_value?: string | null;
  codec?: string | null;
  nullable?: boolean;
}

export interface DataSource {
  id: string;
  name: string;
  description?: string;
  type?: string;
  created_at?: string;
  updated_at?: string;
  columns?: SchemaColumn[];
  schema?: { columns?: SchemaColumn[] };
  engine?: Record<string, string>;
  statistics?: { bytes?: number | null; row_count?: number | null };
  used_by?: { id: string; name: string }[];
  quarantine_rows?: number;
}

export interface Parameter {
  name: string;
  type: string;
  default?: unknown;
  description?: string | null;
  example?: unknown;
  format?: string | null;
  enum?: unknown[] | null;
  required?: boolean;
  used_in?: string;
}

export interface PipeNode {
  id: string;
  name: string;
  sql: string;
  description?: string | null;
  node_type?: string;
  params?: Parameter[];
  columns?: Column[];
  dependencies?: string[];
}

export interface Pipe {
  id: string;
  name: string;
  description?: string;
  endpoint?: string | null;
  type?: string;
  updated_at?: string;
  nodes?: PipeNode[];
}

export interface Token {
  id?: string;
  name: string;
  token: string;
  description?: string;
  scopes?: { type: string; resource?: string; filter?: string }[];
}

export interface Analysis {
  columns: { name: string; type: string; path?: string; presence?: number }[];
  schema: string;
  /** What separates the cells of a CSV. */
  delimiter?: string;
  /** Whether the first record of a CSV names the columns. */
  hasHeader?: boolean;
}

export interface BuildReport {
  changes: string[];
  feedback: { level: string; resource: string; message: string }[];
}

/** Path of a project file to its text. */
export type ProjectFiles = Record<string, string>;
