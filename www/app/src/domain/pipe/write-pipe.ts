/** Writes `.pipe` files in the layout that Tinybird's formatter uses. */

import type { PipeNodeText, PipeText } from "./pipe-file";

export function writePipe(pipe: PipeText): string {
  const blocks = [descriptionLines(pipe.description), trimmed(pipe.directives), ...pipe.nodes.map(nodeLines)].filter(
    (lines) => lines.length > 0,
  );
  return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function nodeLines(node: PipeNodeText): string[] {
  return [
    `NODE ${node.name}`,
    ...descriptionLines(node.description),
    "SQL >",
    ...indented(node.sql),
    ...(node.kind === "standard" ? [] : [`TYPE ${node.kind}`]),
    ...trimmed(node.directives),
  ];
}

function descriptionLines(text: string): string[] {
  return text.trim() === "" ? [] : ["DESCRIPTION >", ...indented(text)];
}

/** Four spaces before each line, so that no line of SQL can be taken for a directive. */
function indented(text: string): string[] {
  return text
    .replace(/\s+$/, "")
    .split(/\r\n|\r|\n/)
    .map((line) => (line.trim() === "" ? "" : `    ${line}`));
}

function trimmed(lines: string[]): string[] {
  return lines.map((line) => line.trimEnd()).filter((line) => line !== "");
}

/** The value of a directive among kept lines, such as the target of a copy. */
export function directiveValue(lines: string[], word: string): string {
  const line = lines.find((text) => text.toUpperCase().startsWith(`${word} `));
  return line ? line.slice(word.length).trim() : "";
}

/** The lines with a directive set, or removed when the value is empty. */
export function withDirective(lines: string[], word: string, value: string): string[] {
  const others = lines.filter((text) => !text.toUpperCase().startsWith(`${word} `));
  return value.trim() === "" ? others : [...others, `${word} ${value.trim()}`];
}
