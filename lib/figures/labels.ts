import type * as Plot from '@observablehq/plot';
import { corners, visibleBars, visiblePoints, visibleReferences } from './data.js';
import { inPoints, textMark } from './draw.js';
import type { Box, PanelLayout } from './layout.js';
import { grow, holds, pointsAlong, pointsIn, type Point, type Words } from './place.js';
import { palette, textSize } from './style.js';
import { typeset } from './typeset.js';
import type { Reference, Series } from './types.js';

const away = 3.5;
const steps = [-1, 0, 1];

/** Points along the part of a line that is to be seen, or the points of a series. */
function pathOf(series: Series, layout: PanelLayout): Point[] {
  const data = series.kind === 'points' ? visiblePoints(series, layout) : corners(series, layout);
  const points = data.map(({ x, y }): Point => [layout.x.scale.apply(x), layout.y.scale.apply(y)]);
  if (series.kind === 'points') return points;
  return points.slice(1).flatMap((point, index) => pointsAlong(points[index]!, point, layout.frame));
}

/** Points along a reference line, rightward or upward. */
function pathAlong({ axis, value }: Reference, { frame, x, y }: PanelLayout): Point[] {
  const at = (axis === 'x' ? x : y).scale.apply(value) as number;
  return axis === 'x'
    ? pointsAlong([at, frame.bottom], [at, frame.top], frame)
    : pointsAlong([frame.left, at], [frame.right, at], frame);
}

/** What words should leave visible: points all over lines, markers, error bars, bands at their points and reference lines. */
export function inkOf(layout: PanelLayout): Point[] {
  const place = (x: number, y: number): Point => [layout.x.scale.apply(x), layout.y.scale.apply(y)];
  const series = layout.panel.series.flatMap((one) => [
    ...pathOf(one, layout).flatMap(([x, y]): Point[] =>
      one.kind === 'points' ? pointsIn(grow({ left: x, top: y, right: x, bottom: y }, 2.5)) : [[x, y]],
    ),
    ...visibleBars(one, layout).flatMap(({ x, y1, y2 }) =>
      pointsAlong(place(x, y1), place(x, y2), layout.frame),
    ),
  ]);
  return [...series, ...visibleReferences(layout).flatMap((reference) => pathAlong(reference, layout))];
}

/** A label beside a path, at one of some 48 points from its end to its start, read upward if `rotate` is −90. */
function beside(path: Point[], label: string, frame: Box, options: Plot.TextOptions, name: string): Words {
  const isUpward = options.rotate === -90;
  const bold = options.fontWeight === 'bold';
  const { width, ascent, descent } = typeset(label, textSize.legend, { bold, name });
  const [across, up] = isUpward ? [ascent + descent, width] : [width, ascent + descent];
  const around = ([x, y]: Point): Box[] =>
    steps.flatMap((dy) =>
      steps.map((dx) => {
        const left = x + dx * (across / 2 + away) - across / 2;
        const top = y + dy * (up / 2 + away) - up / 2;
        return { left, top, right: left + across, bottom: top + up };
      }),
    );
  const every = Math.ceil(path.length / 48);
  const room = grow(frame, -5);
  const boxes = path
    .reverse()
    .filter((_, index) => index % every === 0)
    .flatMap(around);
  return {
    boxes: boxes.filter(
      ({ left, top, right, bottom }) => holds(room, [left, top]) && holds(room, [right, bottom]),
    ),
    draw: ({ left, top, bottom }) => {
      const [x, y] = isUpward ? [left + ascent, bottom] : [left, top + ascent];
      const place = { x: inPoints(x), y: inPoints(y), textAnchor: 'start' } as const;
      return [textMark(label, { ...place, fontSize: textSize.legend, ...options })];
    },
    owner: label,
  };
}

/** Labels of the series that want to be named beside their curve and have room there, one for each name. */
export function directLabels(layout: PanelLayout): Words[] {
  const labels = layout.panel.series
    .filter(({ direct }) => direct)
    .map((series) => {
      const look = { fontWeight: 'bold', fill: palette[series.style.color] };
      return beside(pathOf(series, layout), series.label, layout.frame, look, `${layout.name}.series`);
    })
    .filter(({ boxes }) => boxes.length > 0);
  return labels.filter(({ owner }, index) => labels.findIndex((one) => one.owner === owner) === index);
}

/** Labels of the reference lines along them. */
export function referenceLabels(layout: PanelLayout): Words[] {
  return visibleReferences(layout).map((reference) => {
    const { label = '', axis } = reference;
    const look = { fill: palette.grey, rotate: axis === 'x' ? -90 : 0 };
    return beside(pathAlong(reference, layout), label, layout.frame, look, `${layout.name}.references`);
  });
}
