/** Every view and dialog but the first one: one download, after the first paint. */

export { default as FindDialog } from "../components/FindDialog.svelte";
export { default as ImportDialog } from "../components/ImportDialog.svelte";
export { default as NewPipeDialog } from "../components/NewPipeDialog.svelte";
export { default as ShareDialog } from "../components/ShareDialog.svelte";
export { default as ShortcutsDialog } from "../components/ShortcutsDialog.svelte";
export { default as UrlDialog } from "../components/UrlDialog.svelte";
export { default as DataSource } from "./DataSource.svelte";
export { default as Endpoint } from "./Endpoint.svelte";
export { default as Flow } from "./Flow.svelte";
export { default as OpenProject } from "./OpenProject.svelte";
export { default as Pipe } from "./Pipe.svelte";
export { default as Project } from "./Project.svelte";
export { default as Query } from "./Query.svelte";
export { default as Shared } from "./Shared.svelte";
export { default as Tokens } from "./Tokens.svelte";
