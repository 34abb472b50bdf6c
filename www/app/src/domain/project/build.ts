/** A build with its outcome as people read it. */

import { ApiFailure, messageOf, type FileError } from "../../engine/failure";
import type { BuildReport } from "../../engine/types";
import { counted } from "../format";

export interface Outcome {
  /** What happened; nothing when the build failed. */
  said: string | undefined;
  errors: FileError[];
}

export async function buildAndSay(build: () => Promise<BuildReport>): Promise<Outcome> {
  try {
    const { changes } = await build();
    return { said: changes.length ? `Built: ${counted(changes.length, "change")}.` : "Built. Nothing changed.", errors: [] };
  } catch (error) {
    const files = error instanceof ApiFailure ? error.files : [];
    return { said: undefined, errors: files.length ? files : [{ filename: "", error: messageOf(error) }] };
  }
}
