/** Everything that lives as long as the page: where it is, how it looks, and the open session. */

import type { TextLocation } from "kinglet";
import { getContext, setContext } from "svelte";

import { connectBackend, connectEphemeral } from "../engine/connect";
import { messageOf } from "../engine/failure";
import { startLanguage } from "../engine/language";
import { Consent } from "./consent.svelte";
import { Imports } from "./import/imports.svelte";
import { Language } from "./language/language.svelte";
import { Notes } from "./notes.svelte";
import type { OpenedProject } from "./project/opened.svelte";
import { resourceOf } from "./project/files";
import type { Route } from "./route";
import { Router } from "./router.svelte";
import { Session } from "./session.svelte";
import { Theme } from "./theme.svelte";

export type DialogName = "shortcuts" | "share" | "new-pipe" | "find" | "url";

export class App {
  readonly router = new Router();
  readonly theme = new Theme();
  readonly notes = new Notes();
  readonly language = new Language(startLanguage);
  readonly consent = new Consent();
  session = $state.raw<Session>();
  /** A newer version waits; calling this reloads into it. */
  update = $state.raw<() => void>();
  /** Why no engine could be reached at all. */
  problem = $state("");
  dialog = $state<DialogName>();
  /** Files that were dropped and wait for the person to confirm their schemas. */
  imports = $state.raw<Imports>();
  /** A project that was dropped, and is looked at before it is built. */
  opened = $state.raw<OpenedProject>();
  /** A place that the editor of its text shows next. */
  target = $state.raw<TextLocation>();

  /** Opens the saved workspace, unless the address is a shared link, which waits for consent. */
  async start(): Promise<void> {
    const left = this.router.route.page === "shared" ? undefined : sharedCode.get();
    if (left) this.router.replace({ page: "shared", code: left });
    if (this.router.route.page === "shared") return;
    this.language.start();
    try {
      const backend = await connectBackend();
      this.session = new Session(backend, (host) => this.consent.ask(host));
      backend.onUpdate((apply) => (this.update = apply));
    } catch (error) {
      this.problem = messageOf(error);
    }
  }

  /** Opens a workspace that ends with this tab, in place of the one that is open. */
  async startEphemeral(code: string): Promise<Session> {
    sharedCode.set(code);
    this.language.start();
    const session = new Session(await connectEphemeral(), (host) => this.consent.ask(host));
    this.session?.close();
    this.session = session;
    return session;
  }

  /** Shows a place in a file: in the project that is looked at, or on the page of its resource. */
  open(place: TextLocation): void {
    this.target = place;
    this.router.go(this.#routeOf(place.path));
  }

  #routeOf(path: string): Route {
    const here = this.router.route.page;
    if (here === "project" || here === "open") return { page: here, file: path };
    const resource = resourceOf(path);
    if (resource?.kind === "pipe") return { page: "pipe", name: resource.name };
    if (resource?.kind === "datasource") return { page: "data", name: resource.name, tab: "datafile" };
    return { page: "project", file: path };
  }

  /** Says what happened, or what went wrong, in a note. Returns whether it went well. */
  async attempt(work: () => Promise<string | void>): Promise<boolean> {
    try {
      const text = await work();
      if (text) this.notes.good(text);
      return true;
    } catch (error) {
      this.notes.bad(messageOf(error));
      return false;
    }
  }
}

/** The link whose workspace this tab shows: a reload asks again instead of showing another workspace. */
export const sharedCode = {
  get: (): string | undefined => attempt(() => sessionStorage.getItem("kinglet-shared")) ?? undefined,
  set: (code: string): void => void attempt(() => sessionStorage.setItem("kinglet-shared", code)),
  forget: (): void => void attempt(() => sessionStorage.removeItem("kinglet-shared")),
};

/** Storage may be refused, or full; what it would have remembered is then lost. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

const key = Symbol("app");

export function provideApp(app: App): void {
  setContext(key, app);
}

export function useApp(): App {
  return getContext<App>(key);
}

/** The open session; pages that need one are only shown when there is one. */
export function useSession(): Session {
  const { session } = useApp();
  if (!session) throw new Error("A page was shown without a workspace.");
  return session;
}
