/** Kinglet for a page: connect, send requests, load files, follow changes. */
export { connect, Kinglet, type ConnectOptions, type IngestOptions } from "./client.js";
export { hostRefused, type AllowedHost, type HostRefusal } from "./consent.js";
export { BUILD } from "./build.js";
export { EngineError } from "./errors.js";
export { INSERT_ID } from "./inserts.js";
export { PROTOCOL, type Change, type EngineInfo, type EngineMemory, type ErrorCode, type Storage } from "./protocol.js";
export { isPersisted } from "./persist.js";
export { controlled, onUpdate } from "./registration.js";
export { apiRoute, type ApiRoute } from "./routes.js";
export type { Role, Status } from "./status.js";
export * from "./language/index.js";
