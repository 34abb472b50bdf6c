/** The typed parameters that a template mentions, for the fields shown while it is edited. */

import type { Parameter } from "../../engine/types";

const types =
  "String|Boolean|Date|DateTime|DateTime64|JSON|Float32|Float64|Array|Int|Integer|U?Int(?:8|16|32|64|128|256)";
const call = new RegExp(`\\b(${types})\\(\\s*([A-Za-z_]\\w*)\\s*((?:,[^()]*(?:\\([^()]*\\)[^()]*)*)?)\\)`, "g");

/** In order of appearance, one for each name. The engine's own list replaces this once published. */
export function templateParameters(texts: string[]): Parameter[] {
  const found = new Map<string, Parameter>();
  for (const text of texts) {
    if (!text.trimStart().startsWith("%")) continue;
    for (const tag of text.matchAll(/\{\{([\s\S]*?)\}\}|\{%([\s\S]*?)%\}/g)) {
      for (const match of (tag[1] ?? tag[2] ?? "").matchAll(call)) {
        const parameter = readCall(match[1] ?? "", match[2] ?? "", match[3] ?? "");
        if (!found.has(parameter.name)) found.set(parameter.name, parameter);
      }
    }
  }
  return [...found.values()];
}

function readCall(type: string, name: string, rest: string): Parameter {
  const values = splitArguments(rest);
  const positional = values.filter((value) => !/^\w+\s*=/.test(value));
  const parameter: Parameter = { name, type };
  if (type === "Array") parameter.type = `Array(${literal(positional.shift() ?? "'String'")})`;
  const fallback = positional[0] ?? named(values, "default");
  if (fallback !== undefined) parameter.default = literal(fallback);
  const description = named(values, "description");
  if (description !== undefined) parameter.description = literal(description);
  return parameter;
}

function named(values: string[], key: string): string | undefined {
  return values.find((value) => new RegExp(`^${key}\\s*=`).test(value))?.replace(/^\w+\s*=\s*/, "");
}

/** Splits `, a, 'b, c'` at the commas outside quotes and brackets. */
function splitArguments(text: string): string[] {
  const parts = text.match(/(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|\[[^\]]*\]|[^,])+/g) ?? [];
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}

function literal(text: string): string {
  return /^(['"])[\s\S]*\1$/.test(text) ? text.slice(1, -1) : text;
}
