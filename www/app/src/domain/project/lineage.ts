/** Which resource feeds which, read from the datafiles alone. */

import type { Lineage } from "kinglet";

import type { ProjectFiles } from "../../engine/types";
import { readPipe, type NodeKind } from "../pipe/pipe-file";
import { directiveValue } from "../pipe/write-pipe";
import { resourceOf } from "./files";

export interface FlowNode {
  name: string;
  kind: "datasource" | "pipe" | "connection" | "workspace" | NodeKind;
  /** The file that describes it. */
  path?: string;
}

export interface Flow {
  nodes: FlowNode[];
  /** From the one that is read to the one that reads, by name. */
  edges: [from: string, to: string][];
}

export function lineage(files: ProjectFiles): Flow {
  const names = new Set(Object.keys(files).flatMap((path) => nameIn(path) ?? []));
  const flow: Flow = { nodes: [], edges: [] };
  for (const [path, text] of Object.entries(files)) {
    const resource = resourceOf(path);
    if (resource?.kind === "datasource") flow.nodes.push({ name: resource.name, kind: "datasource", path });
    if (resource?.kind === "pipe") addPipe(flow, resource.name, path, text, names);
  }
  return flow;
}

/** The same from what the language module says. Names of pipes, data sources and connections are unique. */
export function flowOf(lineage: Lineage): Flow {
  const names = new Map(lineage.nodes.map((node) => [node.id, node.name]));
  const nodes = lineage.nodes.map(({ name, kind, path }) => ({ name, kind, ...(path ? { path } : {}) }));
  const edges = lineage.edges.flatMap(({ from, to }): Flow["edges"] => {
    const [source, target] = [names.get(from), names.get(to)];
    return source !== undefined && target !== undefined && source !== target ? [[source, target]] : [];
  });
  const seen = new Set<string>();
  return { nodes, edges: edges.filter(([from, to]) => !seen.has(`${from} ${to}`) && seen.add(`${from} ${to}`)) };
}

/** The part of a flow that some files describe, with what it reads and feeds. */
export function around(flow: Flow, files: ProjectFiles): Flow {
  const own = new Set(flow.nodes.filter(({ path }) => path === undefined || path in files).map(({ name }) => name));
  const edges = flow.edges.filter(([from, to]) => own.has(from) || own.has(to));
  const near = new Set(edges.flat());
  return { nodes: flow.nodes.filter(({ name }) => own.has(name) || near.has(name)), edges };
}

function addPipe(flow: Flow, name: string, path: string, text: string, names: Set<string>): void {
  const { nodes } = readPipe(text);
  const special = nodes.find((node) => node.kind !== "standard");
  flow.nodes.push({ name, kind: special?.kind ?? "pipe", path });
  const own = new Set(nodes.map((node) => node.name));
  const read = new Set(nodes.flatMap((node) => wordsOf(node.sql)));
  for (const source of read) {
    if (names.has(source) && !own.has(source) && source !== name) flow.edges.push([source, name]);
  }
  const target =
    special &&
    (directiveValue(special.directives, "DATASOURCE") || directiveValue(special.directives, "TARGET_DATASOURCE"));
  if (target && names.has(target)) flow.edges.push([name, target]);
}

function nameIn(path: string): string | undefined {
  const resource = resourceOf(path);
  return resource && resource.kind !== "connection" ? resource.name : undefined;
}

/** Names that may be tables: words outside of comments and strings that are not called. */
function wordsOf(sql: string): string[] {
  const bare = sql.replace(/--[^\n]*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\])*'/g, " ");
  return bare.match(/(?<![\w.])[A-Za-z_]\w*(?!\s*\()(?!\w)/g) ?? [];
}
