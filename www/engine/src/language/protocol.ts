/** What is said to the language worker and what it answers. Private to one client and its worker. */
import type {
  Column,
  Completions,
  Diagnostic,
  Formatted,
  FunctionDoc,
  Hover,
  Lineage,
  TextLocation,
  Parameter,
  Rename,
  Renameable,
  Renamed,
  Section,
  SignatureHelp,
  Source,
  Tokens,
} from "./types.js";

/** Where the worker finds its files. */
export interface LanguageFiles {
  wasm: string;
  functions: string;
}

/** Every call to the worker. */
export interface LanguageCalls {
  /** Load the module. */
  open: { params: LanguageFiles; result: null };
  /** Change files of the project; null removes one. With `all`, the others go too. */
  files: { params: { files: Record<string, string | null>; all: boolean }; result: null };
  tables: { params: Record<string, Column[]>; result: null };
  diagnostics: { params: Source; result: Diagnostic[] };
  projectDiagnostics: { params: null; result: Record<string, Diagnostic[]> };
  tokens: { params: Source; result: Tokens };
  sections: { params: Source; result: Section[] };
  format: { params: Source; result: Formatted };
  complete: { params: Source & { offset: number }; result: Completions | null };
  hover: { params: Source & { offset: number }; result: Hover | null };
  signature: { params: Source & { offset: number }; result: SignatureHelp | null };
  functionDoc: { params: string; result: FunctionDoc | null };
  definition: { params: Source & { offset: number }; result: TextLocation[] };
  references: { params: Source & { offset: number }; result: TextLocation[] };
  renameable: { params: Source & { offset: number }; result: Renameable | null };
  rename: { params: { what: Renamed; name: string }; result: Rename };
  parameters: { params: Source; result: Parameter[] };
  columns: { params: Source; result: Column[] };
  lineage: { params: { by: "resources" | "nodes" }; result: Lineage };
}

export type LanguageMethod = keyof LanguageCalls;

/** From the client to the worker. */
export type ToLanguage = {
  [M in LanguageMethod]: { id: number; method: M; params: LanguageCalls[M]["params"] };
}[LanguageMethod];

/** From the worker to the client. After `crashed` the worker is gone. */
export type FromLanguage =
  | { type: "result"; id: number; result: LanguageCalls[LanguageMethod]["result"] }
  | { type: "failed"; id: number; message: string }
  | { type: "crashed"; message: string };
