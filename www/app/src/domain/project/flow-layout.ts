/** Places for the boxes of a data flow, in columns from left to right, and lines that pass no box. */

import type { Flow, FlowNode } from "./lineage";

export const box = { width: 200, height: 48, gapX: 64, gapY: 16, lane: 14 };

export interface Point {
  x: number;
  y: number;
}

export interface FlowLayout {
  boxes: { node: FlowNode; place: Point }[];
  /** Points that each edge passes: right side of a box, lanes in between, left side of the next. */
  lines: { from: string; to: string; points: Point[] }[];
  width: number;
  height: number;
}

/** A box, or the lane of an edge that passes its column. */
interface Slot {
  key: string;
  node?: FlowNode;
  sources: string[];
}

export function layoutFlow(flow: Flow): FlowLayout {
  const depths = depthsOf(flow);
  const columns: Slot[][] = [];
  const slotIn = (depth: number): Slot[] => (columns[depth] ??= []);
  for (const node of [...flow.nodes].sort((a, b) => a.name.localeCompare(b.name))) {
    slotIn(depths.get(node.name) ?? 0).push({ key: node.name, node, sources: [] });
  }
  const chains = flow.edges.map((edge) => addLanes(edge, depths, slotIn));
  for (let depth = 0; depth < columns.length; depth += 1) columns[depth] ??= [];
  connect(columns, chains);
  order(columns);
  return place(columns, chains);
}

/** Longest way from a source, edges of a cycle left out; sources stand right before their first reader. */
export function depthsOf(flow: Flow): Map<string, number> {
  const depths = new Map<string, number>();
  const visit = (name: string, path: Set<string>): number => {
    const known = depths.get(name);
    if (known !== undefined) return known;
    const sources = flow.edges.filter(([from, to]) => to === name && !path.has(from));
    const found = Math.max(-1, ...sources.map(([from]) => visit(from, new Set([...path, name])))) + 1;
    depths.set(name, found);
    return found;
  };
  for (const { name } of flow.nodes) visit(name, new Set([name]));
  for (const { name } of flow.nodes) {
    const readers = flow.edges.filter(([from]) => from === name).map(([, to]) => depths.get(to) ?? 1);
    if (readers.length > 0 && !flow.edges.some(([, to]) => to === name))
      depths.set(name, Math.max(0, Math.min(...readers) - 1));
  }
  return depths;
}

type Chain = string[];

function addLanes(
  [from, to]: Flow["edges"][number],
  depths: Map<string, number>,
  slotIn: (depth: number) => Slot[],
): Chain {
  const chain = [from];
  for (let depth = (depths.get(from) ?? 0) + 1; depth < (depths.get(to) ?? 0); depth += 1) {
    const key = `${from}→${to}@${depth}`;
    slotIn(depth).push({ key, sources: [] });
    chain.push(key);
  }
  return [...chain, to];
}

function connect(columns: Slot[][], chains: Chain[]): void {
  const slots = new Map(columns.flat().map((slot) => [slot.key, slot]));
  for (const chain of chains) chain.slice(1).forEach((key, index) => slots.get(key)?.sources.push(chain[index] ?? ""));
}

/** Sorts each column by the mean place of what it reads, which untangles most lines. */
function order(columns: Slot[][]): void {
  const rank = new Map<string, number>();
  for (const column of columns) {
    const mean = (slot: Slot): number => {
      const ranks = slot.sources.flatMap((source) => rank.get(source) ?? []);
      return ranks.length === 0 ? Infinity : ranks.reduce((sum, each) => sum + each, 0) / ranks.length;
    };
    const means = new Map(column.map((slot) => [slot, mean(slot)]));
    column.sort((a, b) => {
      const [left, right] = [means.get(a) ?? 0, means.get(b) ?? 0];
      return left === right ? 0 : left - right;
    });
    column.forEach((slot, index) => rank.set(slot.key, index));
  }
}

function place(columns: Slot[][], chains: Chain[]): FlowLayout {
  const layout: FlowLayout = { boxes: [], lines: [], width: 0, height: 0 };
  const ports = new Map<string, { left: Point; right: Point }>();
  columns.forEach((column, index) => {
    const x = index * (box.width + box.gapX);
    let y = 0;
    for (const { key, node } of column) {
      const height = node ? box.height : box.lane;
      if (node) layout.boxes.push({ node, place: { x, y } });
      ports.set(key, { left: { x, y: y + height / 2 }, right: { x: x + box.width, y: y + height / 2 } });
      y += height + box.gapY;
    }
    layout.width = x + box.width;
    layout.height = Math.max(layout.height, y - box.gapY);
  });
  for (const chain of chains) {
    const points = chain.flatMap((key, index) => {
      const port = ports.get(key);
      if (!port) return [];
      if (index === 0) return [port.right];
      return index === chain.length - 1 ? [port.left] : [port.left, port.right];
    });
    layout.lines.push({ from: chain[0] ?? "", to: chain.at(-1) ?? "", points });
  }
  return layout;
}

/** A smooth path through the points: curves between columns, straight along a lane. */
export function pathThrough(points: Point[]): string {
  const [first, ...rest] = points;
  if (!first) return "";
  let path = `M${first.x} ${first.y}`;
  let last = first;
  rest.forEach((point, index) => {
    const end = index === rest.length - 1 ? point.x - 6 : point.x;
    const bend = (end - last.x) / 2;
    path +=
      last.y === point.y
        ? `L${end} ${point.y}`
        : `C${last.x + bend} ${last.y} ${end - bend} ${point.y} ${end} ${point.y}`;
    last = point;
  });
  return path;
}
