/** What most test files need: a server with the site, and a browser. */
import { afterAll, afterEach, beforeAll } from "vitest";
import type { BrowserContext, Page } from "playwright-core";
import { Profile } from "./chromium.ts";
import { openSite } from "./page.ts";
import { SiteServer } from "./server.ts";
import { buildSite, removeSite } from "./site.ts";

/** Set up before all tests of a file and taken down after them. */
export interface Scene {
  readonly server: SiteServer;
  readonly profile: Profile;
  context: BrowserContext;
  /** Open the site with a query such as `?ephemeral=x` and wait for its engine. */
  open(query?: string): Promise<Page>;
}

/** `base` is where the site is mounted. */
export async function scene(base?: string): Promise<Scene> {
  const server = new SiteServer(await buildSite(), base);
  const profile = new Profile();
  const scene = { server, profile, open: (query = "") => openSite(scene.context, server.url + query) } as Scene;
  beforeAll(async () => {
    await server.start();
    scene.context = await profile.launch();
  });
  // A tab that a failed test left open would lead in the next test.
  afterEach(async () => {
    await Promise.all(scene.context.pages().map((page) => page.close()));
  });
  afterAll(async () => {
    await scene.context.close();
    await server.stop();
    profile.remove();
    removeSite(server.folder);
  });
  return scene;
}
