/**
 * The query that runs one node of a pipe that is not published: the nodes it reads become named
 * subqueries of one statement.
 */

import type { Place } from "../../engine/failure";
import type { PipeNodeText } from "./pipe-file";

export interface ComposedQuery {
  sql: string;
  /** Where each node's text went, by index of the node. */
  segments: { node: number; start: number; end: number }[];
  template: boolean;
}

export function composeNode(nodes: PipeNodeText[], index: number): ComposedQuery {
  const needed = [...ancestors(nodes, index)].sort((a, b) => a - b);
  const template = [...needed, index].some((each) => isTemplate(nodes[each]?.sql ?? ""));
  const composed: ComposedQuery = { sql: template ? "%\n" : "", segments: [], template };
  const target = body(nodes[index]);
  if (needed.length === 0) {
    append(composed, index, target);
    return composed;
  }
  needed.forEach((each, position) => {
    composed.sql += position === 0 ? "WITH\n" : ",\n";
    composed.sql += `${nodes[each]?.name ?? ""} AS (\n`;
    append(composed, each, body(nodes[each]));
    composed.sql += "\n)";
  });
  composed.sql += "\nSELECT * FROM (\n";
  append(composed, index, target);
  composed.sql += "\n)";
  return composed;
}

/** The node, and the place in its own text, of a place in the composed query. */
export function locate(composed: ComposedQuery, nodes: PipeNodeText[], place: Place) {
  const segment = composed.segments.find((each) => place.offset >= each.start && place.offset <= each.end);
  if (!segment) return undefined;
  const sql = nodes[segment.node]?.sql ?? "";
  const shift = sql.indexOf(body(nodes[segment.node]));
  return { node: segment.node, place: { ...place, offset: place.offset - segment.start + Math.max(0, shift) } };
}

export function isTemplate(sql: string): boolean {
  return sql.trimStart().startsWith("%");
}

function append(composed: ComposedQuery, node: number, text: string): void {
  const start = composed.sql.length;
  composed.sql += text;
  composed.segments.push({ node, start, end: composed.sql.length });
}

/** The node's statement without the mark of a template and without a closing semicolon. */
function body(node: PipeNodeText | undefined): string {
  return (node?.sql ?? "").replace(/^\s*%\s*/, "").replace(/;\s*$/, "");
}

/** Nodes before this one whose names occur in it, directly or through others. */
function ancestors(nodes: PipeNodeText[], index: number): Set<number> {
  const found = new Set<number>();
  const visit = (current: number): void => {
    const sql = nodes[current]?.sql ?? "";
    nodes.forEach((node, other) => {
      if (other === index || found.has(other) || other >= current) return;
      if (node.name !== "" && new RegExp(`(?<![\\w.])${node.name}(?![\\w(])`).test(sql)) {
        found.add(other);
        visit(other);
      }
    });
  };
  visit(index);
  return found;
}
