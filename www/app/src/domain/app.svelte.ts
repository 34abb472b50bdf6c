/** Everything that lives as long as the page: where it is, how it looks, and the open session. */

import { getContext, setContext } from "svelte";

import { connectBackend, connectEphemeral } from "../engine/connect";
import { messageOf } from "../engine/failure";
import { Imports } from "./import/imports.svelte";
import { Notes } from "./notes.svelte";
import { Router } from "./router.svelte";
import { Session } from "./session.svelte";
import { Theme } from "./theme.svelte";

export type DialogName = "shortcuts" | "share" | "new-pipe" | "find" | "url";

export class App {
  readonly router = new Router();
  readonly theme = new Theme();
  readonly notes = new Notes();
  session = $state.raw<Session>();
  /** A newer version waits; calling this reloads into it. */
  update = $state.raw<() => void>();
  /** Why no engine could be reached at all. */
  problem = $state("");
  dialog = $state<DialogName>();
  /** Files that were dropped and wait for the person to confirm their schemas. */
  imports = $state.raw<Imports>();

  /** Opens the saved workspace, unless the address is a shared link, which waits for consent. */
  async start(): Promise<void> {
    const left = this.router.route.page === "shared" ? undefined : sharedCode.get();
    if (left) this.router.replace({ page: "shared", code: left });
    if (this.router.route.page === "shared") return;
    try {
      const backend = await connectBackend();
      this.session = new Session(backend);
      backend.onUpdate((apply) => (this.update = apply));
    } catch (error) {
      this.problem = messageOf(error);
    }
  }

  /** Opens a workspace that ends with this tab, in place of the one that is open. */
  async startEphemeral(code: string): Promise<Session> {
    sharedCode.set(code);
    const session = new Session(await connectEphemeral());
    this.session?.close();
    this.session = session;
    return session;
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
