/** The request and the answer of `POST /v1/build`. */

import { ApiFailure, failureFromText } from "./failure";
import type { BuildReport, ProjectFiles } from "./types";

export function buildForm(files: ProjectFiles): FormData {
  const form = new FormData();
  for (const [path, text] of Object.entries(files)) {
    form.append("data_project://", new File([text], path, { type: "text/plain" }), path);
  }
  return form;
}

interface BuildBody {
  result?: string;
  build?: Record<string, unknown> & { feedback?: BuildReport["feedback"] };
}

/** Reads the names that a build created, changed or removed; throws when the build failed. */
export function readBuild(status: number, text: string): BuildReport {
  let body: BuildBody;
  try {
    body = JSON.parse(text) as BuildBody;
  } catch {
    throw new ApiFailure("The answer to the build is not JSON.", status);
  }
  if (body.result === "failed" || "error" in body || "errors" in body) {
    throw failureFromText(status, text);
  }
  const changes: string[] = [];
  for (const [key, value] of Object.entries(body.build ?? {})) {
    const kind = /^(new|changed|deleted)_(.+)_names$/.exec(key);
    if (!kind || !Array.isArray(value)) continue;
    for (const name of value) changes.push(`${verbs[kind[1] ?? ""]} ${String(name)}`);
  }
  return { changes, feedback: body.build?.feedback ?? [] };
}

const verbs: Record<string, string> = { new: "created", changed: "changed", deleted: "deleted" };
