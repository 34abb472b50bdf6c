/** Editing a project: checks, colours, formatting, completion, names, lineage; no engine needed. */
export { LanguageClient, type LanguageOptions } from "./client.js";
export * from "./types.js";
