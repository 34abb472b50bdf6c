/** Which field suits a parameter, and what it shows while it is empty. */

import type { Parameter } from "../../engine/types";

export type InputKind = "text" | "number" | "boolean" | "choice";

export function inputKind(parameter: Parameter): InputKind {
  if (parameter.enum && parameter.enum.length > 0) return "choice";
  if (/^(U?Int\d*|Integer|Float\d+)$/.test(parameter.type)) return "number";
  return parameter.type === "Boolean" ? "boolean" : "text";
}

/** The default, else an example, else the form that the type wants. */
export function parameterHint(parameter: Parameter): string {
  const fallback = parameter.default;
  if (fallback !== undefined && fallback !== null && fallback !== "") return `default ${textOf(fallback)}`;
  if (parameter.example !== undefined && parameter.example !== null) return `such as ${textOf(parameter.example)}`;
  if (fallback === "") return "default empty";
  return forms[parameter.type] ?? (parameter.type.startsWith("Array") ? "a,b,c" : "");
}

function textOf(value: unknown): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

const forms: Record<string, string> = {
  Date: "YYYY-MM-DD",
  DateTime: "YYYY-MM-DD hh:mm:ss",
  DateTime64: "YYYY-MM-DD hh:mm:ss.sss",
};
