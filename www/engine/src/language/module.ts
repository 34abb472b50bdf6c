/** The language module as its worker uses it. JSON answers have the types of `types.ts`. */

/** A project being edited, inside the module. */
export interface Language {
  set_file(path: string, text: string): void;
  remove_file(path: string): void;
  clear_files(): void;
  /** Names and types of the columns in turn. */
  set_table(name: string, columns: string[]): void;
  clear_tables(): void;
  /** Rows of name, flags, category, signature, description and example; see `functions.ts`. */
  set_functions(table: string): void;
  diagnostics(path: string, text: string, node: string | undefined): string;
  project_diagnostics(): string;
  complete(path: string, text: string, node: string | undefined, offset: number): string;
  hover(path: string, text: string, node: string | undefined, offset: number): string;
  signature(path: string, text: string, node: string | undefined, offset: number): string;
  function_doc(name: string): string;
  definition(path: string, text: string, node: string | undefined, offset: number): string;
  references(path: string, text: string, node: string | undefined, offset: number): string;
  renameable(path: string, text: string, node: string | undefined, offset: number): string;
  rename(kind: string, old: string, pipe: string, name: string): string;
  columns(path: string, text: string, node: string | undefined): string;
  sections(path: string, text: string, node: string | undefined): string;
  format(path: string, text: string, node: string | undefined): string;
  parameters(path: string, text: string, node: string | undefined): string;
  lineage(byNodes: boolean): string;
  tokens(path: string, text: string, node: string | undefined): Uint32Array;
}

/** The module's entry. */
export interface LanguageModule {
  Language: new () => Language;
}
