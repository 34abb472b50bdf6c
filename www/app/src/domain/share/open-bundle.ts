/** Puts the contents of a shared link into a fresh workspace, after the person agreed. */

import { fetchFile } from "../import/fetch-file";
import type { Session } from "../session.svelte";
import type { Bundle, SharedData } from "./bundle";
import { withPlaceholders } from "./placeholders";

/** Waits until the engine of a session answers. */
function whenReady(session: Session): Promise<void> {
  const { backend } = session;
  if (backend.status.state === "ready") return Promise.resolve();
  return new Promise((resolve, reject) => {
    const stop = backend.subscribe((status) => {
      if (status.state === "loading") return;
      stop();
      if (status.state === "ready") resolve();
      else reject(new Error(status.detail ?? "The engine stopped."));
    });
  });
}

/** Builds the files and loads the data; `report` hears each step. */
export async function openBundle(session: Session, bundle: Bundle, report: (step: string) => void): Promise<void> {
  report("Starting the engine");
  await whenReady(session);
  if (Object.keys(bundle.files).length > 0) {
    report("Building the files");
    await session.api.build(withPlaceholders(bundle.files));
  }
  for (const data of bundle.data) {
    report(`Loading ${data.datasource}`);
    const file = await fileOf(data);
    if (file) await session.api.ingest(file, { name: data.datasource, mode: "append", format: data.format });
  }
  if (bundle.query !== undefined) session.query.edit(bundle.query);
  await session.refresh();
}

async function fileOf(data: SharedData): Promise<File | undefined> {
  const name = `${data.datasource}.${data.format}`;
  if (data.text !== undefined) return new File([data.text], name);
  return data.url === undefined ? undefined : fetchFile(data.url, name);
}

/** Hosts that opening the link would reach. */
export function hostsOf(bundle: Bundle): string[] {
  const hosts = bundle.data.flatMap((data) => (data.url === undefined ? [] : [new URL(data.url).host]));
  return [...new Set(hosts)];
}
