/** Calls of an endpoint that a person can paste elsewhere. */

import type { Parameter } from "../../engine/types";

export type EndpointFormat = "json" | "csv" | "ndjson" | "parquet";
export const endpointFormats: EndpointFormat[] = ["json", "csv", "ndjson", "parquet"];

export interface EndpointCall {
  base: string;
  pipe: string;
  format: EndpointFormat;
  /** Values by parameter; empty ones are left to their defaults. */
  values: Record<string, string>;
  token: string;
}

/** The address of a call, with the token as its last parameter. */
export function endpointUrl(call: EndpointCall, withToken = true): string {
  const query = new URLSearchParams(filled(call.values));
  if (withToken) query.set("token", call.token);
  const text = query.toString();
  return `${call.base}/v0/pipes/${encodeURIComponent(call.pipe)}.${call.format}${text ? `?${text}` : ""}`;
}

export function curlSnippet(call: EndpointCall): string {
  const lines = [
    `curl -G ${shell(endpointUrl({ ...call, values: {} }, false))}`,
    `  -H ${shell(`Authorization: Bearer ${call.token}`)}`,
    ...filled(call.values).map(([name, value]) => `  --data-urlencode ${shell(`${name}=${value}`)}`),
  ];
  return lines.join(" \\\n");
}

export function javascriptSnippet(call: EndpointCall): string {
  const lines = [`const url = new URL(${JSON.stringify(endpointUrl({ ...call, values: {} }, false))});`];
  for (const [name, value] of filled(call.values)) {
    lines.push(`url.searchParams.set(${JSON.stringify(name)}, ${JSON.stringify(value)});`);
  }
  lines.push(
    "",
    "const response = await fetch(url, {",
    `  headers: { Authorization: ${JSON.stringify(`Bearer ${call.token}`)} },`,
    "});",
    "if (!response.ok) throw new Error(await response.text());",
    readers[call.format],
  );
  return lines.join("\n");
}

const readers: Record<EndpointFormat, string> = {
  json: "const { data } = await response.json();\nconsole.table(data);",
  csv: "console.log(await response.text());",
  ndjson:
    'const rows = (await response.text()).trim().split("\\n").map((line) => JSON.parse(line));\nconsole.table(rows);',
  parquet: "const bytes = await response.arrayBuffer();\nconsole.log(bytes.byteLength);",
};

/** One entry for each parameter name, the typed one first. */
export function distinctParameters(parameters: Parameter[]): Parameter[] {
  const found = new Map<string, Parameter>();
  for (const parameter of parameters) {
    const known = found.get(parameter.name);
    if (!known || (known.used_in && !parameter.used_in)) found.set(parameter.name, parameter);
  }
  return [...found.values()];
}

function filled(values: Record<string, string>): [string, string][] {
  return Object.entries(values).filter(([, value]) => value !== "");
}

function shell(text: string): string {
  return `'${text.replace(/'/g, `'\\''`)}'`;
}
