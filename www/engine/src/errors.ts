/** The errors a caller of the engine meets, and their form on the wire. */
import { PROTOCOL, type ErrorCode, type WireError } from "./protocol.js";

/** A failed call to the engine. Decide on `code` and `retryable`; the text may change. */
export class EngineError extends Error {
  override readonly name = "EngineError";

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly retryable = false,
  ) {
    super(message);
  }
}

/** The engine ended while this call was with it. `accepted` tells whether it had begun to work on the call. */
export class LeaderLost extends EngineError {
  constructor(readonly accepted: boolean) {
    super("leader_lost", "the tab that ran the engine has gone; try again", true);
  }
}

/** A panic or trap inside the module. The engine restarts from disk. */
export function crashed(message: string): EngineError {
  return new EngineError("engine_crashed", `the engine crashed and is being restarted: ${message}`, true);
}

/** No engine could be reached in time. */
export function unavailable(reason: string): EngineError {
  return new EngineError("engine_unavailable", reason, true);
}

/** The other side was built from another version of this package. */
export function mismatch(theirs: unknown): EngineError {
  const versions = `this page speaks version ${PROTOCOL}, the other side ${String(theirs)}`;
  return new EngineError("protocol_mismatch", `Kinglet was updated: reload all its tabs (${versions})`);
}

export function aborted(): EngineError {
  return new EngineError("aborted", "the call was aborted");
}

export function toWire(error: unknown): WireError {
  if (error instanceof EngineError) {
    return { code: error.code, message: error.message, retryable: error.retryable };
  }
  return { code: "internal", message: error instanceof Error ? error.message : String(error), retryable: false };
}

export function fromWire(error: WireError): EngineError {
  return new EngineError(error.code, error.message, error.retryable);
}
