/** Puts the contents of a shared link into a fresh workspace, after the person agreed. */

import type { Session } from "../session.svelte";
import type { Bundle, SharedData } from "./bundle";

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
    await session.api.build(bundle.files);
  }
  for (const data of bundle.data) {
    report(`Loading ${data.datasource}`);
    const file = await fileOf(data);
    if (file) await session.api.ingest(file, { name: data.datasource, mode: "append", format: data.format });
  }
  if (bundle.query !== undefined) session.query.edit(bundle.query);
  await session.refresh();
}

const largestDownload = 200_000_000;

async function fileOf(data: SharedData): Promise<File | undefined> {
  const name = `${data.datasource}.${data.format}`;
  if (data.text !== undefined) return new File([data.text], name);
  if (data.url === undefined) return undefined;
  const response = await fetch(data.url, { credentials: "omit", referrerPolicy: "no-referrer" });
  if (!response.ok) throw new Error(`${new URL(data.url).host} answered with status ${response.status}.`);
  if (Number(response.headers.get("content-length") ?? 0) > largestDownload) {
    throw new Error(`The file at ${new URL(data.url).host} is larger than 200 MB.`);
  }
  return new File([await response.blob()], name);
}

/** Hosts that opening the link would reach. */
export function hostsOf(bundle: Bundle): string[] {
  const hosts = bundle.data.flatMap((data) => (data.url === undefined ? [] : [new URL(data.url).host]));
  return [...new Set(hosts)];
}
