/** Chromium as installed on the machine, with a profile that outlives it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type BrowserContext } from "playwright-core";

const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"];

/** Where the browser is, unless CHROMIUM_PATH names it. */
export const CHROMIUM = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium";

/** A folder for a browser profile. */
export class Profile {
  readonly folder = mkdtempSync(join(tmpdir(), "kinglet-profile-"));

  /** Start a browser with this profile; one at a time. */
  launch(): Promise<BrowserContext> {
    return chromium.launchPersistentContext(this.folder, { executablePath: CHROMIUM, headless: true, args: FLAGS });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
