/** Kinglet for a page: connect, send requests, load files, follow changes. */
export { connect, Kinglet, type ConnectOptions, type IngestOptions } from "./client.js";
export { BUILD } from "./build.js";
export { EngineError } from "./errors.js";
export { PROTOCOL, type Change, type EngineInfo, type ErrorCode, type Storage } from "./protocol.js";
export { controlled, onUpdate } from "./registration.js";
export { apiRoute, type ApiRoute } from "./routes.js";
export type { Role, Status } from "./status.js";
export * from "./language/index.js";
