/** Chromium as installed on the machine, with a profile that outlives it. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type BrowserContext } from "playwright-core";

const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"];

/** Where the browser is, unless CHROMIUM_PATH names it. */
export const CHROMIUM = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium";

/** End every process whose command line names `folder`, without a chance to tidy up. */
function killAll(folder: string): void {
  const listing = execFileSync("ps", ["-axww", "-o", "pid=,command="], { encoding: "utf8", maxBuffer: 64 << 20 });
  for (const line of listing.split("\n")) {
    const pid = Number.parseInt(line, 10);
    if (pid !== process.pid && line.includes(`--user-data-dir=${folder}`)) process.kill(pid, "SIGKILL");
  }
}

/** A folder for a browser profile. */
export class Profile {
  readonly folder = mkdtempSync(join(tmpdir(), "kinglet-profile-"));

  /** Start a browser with this profile; one at a time. */
  launch(): Promise<BrowserContext> {
    return chromium.launchPersistentContext(this.folder, { executablePath: CHROMIUM, headless: true, args: FLAGS });
  }

  /** Kill the browser that uses this profile. */
  kill(): void {
    killAll(this.folder);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
