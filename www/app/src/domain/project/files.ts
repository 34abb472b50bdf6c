/** Paths of project files: which belong to a project, and which resource each describes. */

import type { ProjectFiles } from "../../engine/types";

export type ResourceKind = "datasource" | "pipe" | "connection";

export function isDatafile(path: string): boolean {
  return /\.(datasource|pipe|connection)$/.test(path) && !/(^|\/)(__MACOSX|\.[^/]+|vendor|node_modules)\//.test(path);
}

export function resourceOf(path: string): { kind: ResourceKind; name: string } | undefined {
  const found = /([^/]+)\.(datasource|pipe|connection)$/.exec(path);
  return found ? { name: found[1] ?? "", kind: found[2] as ResourceKind } : undefined;
}

/** The path that a resource gets when it comes without one. */
export function pathOf(kind: ResourceKind, name: string): string {
  return `${folders[kind]}/${name}.${kind}`;
}

const folders: Record<ResourceKind, string> = {
  datasource: "datasources",
  pipe: "pipes",
  connection: "connections",
};

/** Strips the folder that all files share, such as the one a zip or a dropped folder adds. */
export function projectPath(files: ProjectFiles): ProjectFiles {
  const paths = Object.keys(files);
  const first = paths[0]?.split("/")[0];
  const known = Object.values(folders).concat("endpoints", "materializations", "copies", "sinks");
  const common = first !== undefined && !known.includes(first) && paths.every((path) => path.startsWith(`${first}/`));
  if (!common) return files;
  return Object.fromEntries(paths.map((path) => [path.slice(first.length + 1), files[path] ?? ""]));
}

/** Files with some added or changed; a file of the same resource in another folder is replaced. */
export function withFiles(files: ProjectFiles, added: ProjectFiles): ProjectFiles {
  const replaced = new Set(Object.keys(added).map(resourceKey));
  const kept = Object.entries(files).filter(([path]) => !replaced.has(resourceKey(path)));
  return { ...Object.fromEntries(kept), ...added };
}

export function withoutResource(files: ProjectFiles, kind: ResourceKind, name: string): ProjectFiles {
  return Object.fromEntries(Object.entries(files).filter(([path]) => resourceKey(path) !== `${kind} ${name}`));
}

function resourceKey(path: string): string {
  const resource = resourceOf(path);
  return resource ? `${resource.kind} ${resource.name}` : path;
}
