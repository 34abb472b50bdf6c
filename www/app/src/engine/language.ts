/** The language module of this site, in a worker of its own. */

import { LanguageClient } from "kinglet";

/** Starts the worker; it loads the module at once. */
export async function startLanguage(): Promise<LanguageClient> {
  return new LanguageClient();
}
