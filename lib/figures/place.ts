import type * as Plot from '@observablehq/plot';
import type { Box } from './layout.js';

/** A point of the drawing. */
export type Point = readonly [x: number, y: number];

/** Words to be placed: where they can stand, best first, and how they are drawn there. */
export interface Words {
  readonly boxes: readonly Box[];
  readonly draw: (box: Box) => readonly Plot.Markish[];
  /** The series or reference line that they name: they keep far from all others. */
  readonly owner?: string;
}

/** A box with `margin` added on each side. */
export function grow({ left, top, right, bottom }: Box, margin: number): Box {
  return { left: left - margin, top: top - margin, right: right + margin, bottom: bottom + margin };
}

/** Whether a box, its sides included, holds a point. */
export function holds({ left, top, right, bottom }: Box, [x, y]: Point): boolean {
  return x >= left && x <= right && y >= top && y <= bottom;
}

/** Points of a segment inside a box, about two apart. */
export function pointsAlong([x1, y1]: Point, [x2, y2]: Point, box: Box): Point[] {
  const count = Math.min(1e4, Math.ceil(Math.hypot(x2 - x1, y2 - y1) / 2)) || 1;
  return Array.from({ length: count + 1 }, (_, k) => k / count)
    .map((t): Point => [x1 + t * (x2 - x1), y1 + t * (y2 - y1)])
    .filter((point) => holds(box, point));
}

/** Points all over a box, about two apart. */
export function pointsIn(box: Box): Point[] {
  const { left, top, right, bottom } = box;
  return pointsAlong([left, top], [left, bottom], box).flatMap(([, y]) =>
    pointsAlong([left, y], [right, y], box),
  );
}

/** The box where words cover least ink, the first of several; labels of curves also keep away from ink as they can. */
export function leastCovering({ boxes, owner }: Words, ink: readonly Point[]): Box | undefined {
  const covered = (box: Box, margin: number): number => {
    const room = grow(box, margin);
    return ink.filter((point) => holds(room, point)).length;
  };
  const costs = boxes.map(
    (box) => 100 * covered(box, 1.5) + (owner === undefined ? 0 : 10 * covered(box, 8) + covered(box, 20)),
  );
  return boxes[costs.indexOf(Math.min(...costs))];
}
