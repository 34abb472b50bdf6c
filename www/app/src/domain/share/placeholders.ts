/** Connections do not travel in a link, so files that name one get a stand-in that leads nowhere. */

import type { ProjectFiles } from "../../engine/types";
import { pathOf, resourceOf } from "../project/files";

const named = /^[ \t]*(EXPORT|IMPORT|KAFKA)_CONNECTION_NAME[ \t]+["']?(\w+)/gim;
const bucket = "TYPE s3\nS3_REGION us-east-1\nS3_ARN arn:aws:iam::000000000000:role/none\n";
const broker = "TYPE kafka\nKAFKA_BOOTSTRAP_SERVERS localhost:9092\nKAFKA_KEY none\nKAFKA_SECRET none\n";

/** The files, with a connection without credentials for each name that has none. */
export function withPlaceholders(files: ProjectFiles): ProjectFiles {
  const known = new Set(Object.keys(files).map((path) => resourceName(path)));
  const added: ProjectFiles = {};
  for (const text of Object.values(files)) {
    for (const [, kind, name = ""] of text.matchAll(named)) {
      if (known.has(name)) continue;
      const streams = kind?.toUpperCase() === "KAFKA" || /^[ \t]*EXPORT_KAFKA_TOPIC\b/im.test(text);
      added[pathOf("connection", name)] = streams ? broker : bucket;
    }
  }
  return { ...files, ...added };
}

function resourceName(path: string): string | undefined {
  const resource = resourceOf(path);
  return resource?.kind === "connection" ? resource.name : undefined;
}
