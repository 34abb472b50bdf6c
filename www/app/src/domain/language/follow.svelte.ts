/** Keeps the language module informed of the workspace's files. */

import { untrack } from "svelte";

import type { Session } from "../session.svelte";
import type { Language } from "./language.svelte";

/** Hands over the files at once and after each build. Call it in an effect; the returned function ends it. */
export function follow(session: Session, language: Language): () => void {
  const { workspace } = session;
  let last = "";
  let over = false;
  // Rows come and go without a change of the files.
  const version = (): string =>
    [
      ...workspace.dataSources.map(({ name, columns }) => `${name} ${columns?.map(({ name, type }) => `${name} ${type}`)}`),
      ...workspace.pipes.map(({ name, updated_at }) => `${name} ${updated_at}`),
    ].join("\n");
  const stop = $effect.root(() => {
    $effect(() => {
      if (workspace.state !== "ready") return;
      const now = version();
      if (now === last) return;
      last = now;
      untrack(() => {
        workspace.files().then(
          (files) => {
            if (!over) language.setFiles(files);
          },
          () => {
            last = "";
          },
        );
      });
    });
  });
  return () => {
    over = true;
    stop();
  };
}
