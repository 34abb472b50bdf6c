/** The files of one drop, imported one after the other. */

import type { Session } from "../session.svelte";
import { ImportJob, type ImportTarget } from "./import-job.svelte";

export class Imports {
  readonly jobs: ImportJob[];
  current = $state(0);

  constructor(session: Session, files: File[], target?: ImportTarget) {
    this.jobs = files.map((file) => new ImportJob(session, file, target));
  }

  get job(): ImportJob | undefined {
    return this.jobs[this.current];
  }

  /** Goes on to the next file; false when there is none. */
  next(): boolean {
    if (this.current + 1 >= this.jobs.length) return false;
    this.current += 1;
    return true;
  }
}
