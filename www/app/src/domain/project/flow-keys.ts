/** Where an arrow key leads in a data flow. */

import type { FlowLayout, Point } from "./flow-layout";

/** The name of the nearest box in the key's direction; nothing when there is none, or for another key. */
export function neighbour(layout: FlowLayout, name: string, key: string): string | undefined {
  const here = layout.boxes.find(({ node }) => node.name === name)?.place;
  const measure = here && distances[key];
  if (!measure) return undefined;
  let best: { name: string; distance: number } | undefined;
  for (const { node, place } of layout.boxes) {
    const distance = measure(here, place);
    if (distance > 0 && distance < (best?.distance ?? Infinity)) best = { name: node.name, distance };
  }
  return best?.name;
}

/** How far a box is in each direction; what lies behind or not at all in it has no distance. */
const distances: Record<string, (from: Point, to: Point) => number> = {
  ArrowRight: (from, to) => (to.x > from.x ? to.x - from.x + Math.abs(to.y - from.y) / 10 : 0),
  ArrowLeft: (from, to) => (to.x < from.x ? from.x - to.x + Math.abs(to.y - from.y) / 10 : 0),
  ArrowDown: (from, to) => (to.x === from.x ? to.y - from.y : 0),
  ArrowUp: (from, to) => (to.x === from.x ? from.y - to.y : 0),
};
