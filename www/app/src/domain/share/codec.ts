/** Shared links: `#p1.` and the bundle as deflated JSON in base64url. The fragment reaches no server. */

import { deflateSync, Inflate, strFromU8, strToU8 } from "fflate";

import { fromBase64Url, toBase64Url } from "./base64url";
import { checkBundle, limits, withoutTokens, type Bundle } from "./bundle";

const prefix = "p1.";

/** The fragment of a link, without `#`. Connections and tokens are left out. */
export function encodeBundle(bundle: Bundle): string {
  const files = Object.entries(bundle.files)
    .filter(([path]) => /\.(datasource|pipe)$/.test(path))
    .map(([path, text]) => [path, withoutTokens(text)]);
  const body = {
    v: 1,
    files: Object.fromEntries(files) as object,
    data: bundle.data,
    open: bundle.open,
    query: bundle.query,
  };
  return prefix + toBase64Url(deflateSync(strToU8(JSON.stringify(body)), { level: 9 }));
}

/** Reads a fragment made by any version. Sizes are checked while inflating, not after. */
export function decodeBundle(fragment: string): Bundle {
  const code = fragment.replace(/^#/, "");
  if (code.length > limits.link) throw new Error("The link is too long to be opened.");
  if (!code.startsWith(prefix)) throw new Error("The link was made by a newer version of Kinglet.");
  let bytes: Uint8Array;
  try {
    bytes = fromBase64Url(code.slice(prefix.length));
  } catch {
    throw damaged();
  }
  const text = strFromU8(inflateUpTo(bytes, limits.inflated));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw damaged();
  }
  return checkBundle(value);
}

/** Inflates in small steps, and stops at the first byte over the limit. */
export function inflateUpTo(bytes: Uint8Array, limit: number): Uint8Array {
  const chunks: Uint8Array[] = [];
  let size = 0;
  let ended = false;
  const inflate = new Inflate((chunk, final) => {
    size += chunk.length;
    ended = final;
    if (size > limit) throw new RangeError("too large");
    chunks.push(chunk);
  });
  try {
    const step = 4096;
    for (let start = 0; start < bytes.length || start === 0; start += step) {
      inflate.push(bytes.subarray(start, start + step), start + step >= bytes.length);
    }
  } catch (error) {
    if (error instanceof RangeError) throw new Error("The link holds more data than a link may hold.");
    throw damaged();
  }
  if (!ended) throw damaged();
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}

function damaged(): Error {
  return new Error("The link is damaged: part of it is missing or changed. Copy it again in full.");
}

/** Advice on a link's length: chats cut long links, and some programs refuse very long ones. */
export function lengthAdvice(length: number): string | undefined {
  if (length > limits.link) return "Too long for a link. Leave out some data, or export a zip instead.";
  if (length > 32_000) return "Very long: many programs cut such a link. Leave out some data, or export a zip.";
  if (length > 2000) return "Longer than some chat programs take (2,000 characters). Mail and issues take it.";
  return undefined;
}
