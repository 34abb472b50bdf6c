/** Reads an answer up to a size that a page can show. */

export const largestAnswer = 64 * 1024 * 1024;

export interface Body {
  blob: Blob;
  /** The answer is longer, and reading stopped here. */
  cut: boolean;
  text(): string;
}

/** Stops reading, and with it the query, once the limit is reached. */
export async function readBody(response: Response, limit = largestAnswer): Promise<Body> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  let cut = false;
  const reader = response.body?.getReader();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value as Uint8Array<ArrayBuffer>);
    size += value.byteLength;
    if (size > limit) {
      cut = true;
      await reader.cancel();
      break;
    }
  }
  const decode = (): string => {
    const decoder = new TextDecoder();
    return chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join("") + decoder.decode();
  };
  return { blob: new Blob(chunks), cut, text: decode };
}
