/** A JSON document as NDJSON: each element of an array, or the one object, on a line of its own. */

const largest = 300_000_000;

/** The text is cut, not parsed and printed again, so that no number loses digits. */
export async function asJsonLines(file: File): Promise<File> {
  const head = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  const packed = head[0] === 0x1f && head[1] === 0x8b;
  const plain = packed ? await new Response(file.stream().pipeThrough(new DecompressionStream("gzip"))).blob() : file;
  if (plain.size > largest)
    throw new Error("A JSON document of more than 300 MB cannot be read. Convert it to NDJSON.");
  return new File([jsonLines(await plain.text())], file.name.replace(/(\.json)?(\.gz)?$/i, ".ndjson"));
}

export function jsonLines(text: string): string {
  const whole = text.replace(/^\uFEFF/, "").trim();
  const elements = whole.startsWith("[") ? elementsOf(whole) : [whole];
  // Inside of strings a line cannot end, so every line end is mere layout.
  return elements.map((element) => `${element.replace(/[\r\n]+/g, " ").trim()}\n`).join("");
}

/** The texts between the commas of the outermost array. */
function elementsOf(text: string): string[] {
  const elements: string[] = [];
  let depth = 0;
  let start = 1;
  let quoted = false;
  const take = (end: number): void => {
    const element = text.slice(start, end);
    if (element.trim() !== "") elements.push(element);
    start = end + 1;
  };
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (quoted) {
      if (character === "\\") index += 1;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === "{" || character === "[") depth += 1;
    else if (character === "}" || character === "]") {
      depth -= 1;
      if (depth === 0) take(index);
    } else if (character === "," && depth === 1) take(index);
  }
  return elements;
}
