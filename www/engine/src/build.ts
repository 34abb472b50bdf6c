/** Which build this is. The bundler puts the hash of the engine's files in place of the text. */

/** Names the folder of the engine's files, so that two builds never share an address. */
export const BUILD = "__KINGLET_BUILD__";

/** Address of one of the engine's files below the site's base. */
export function siteFile(base: URL, name: string): string {
  return new URL(`kinglet/${BUILD}/${name}`, base).href;
}
