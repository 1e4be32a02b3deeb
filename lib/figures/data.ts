import * as Plot from '@observablehq/plot';
import { isDrawable } from './domain.js';
import type { AxisLayout, PanelLayout } from './layout.js';
import { bandOpacity, dashes, markerRadius, markers, palette, strokeWidth } from './style.js';
import type { Reference, Series, SeriesStyle } from './types.js';

const contains = ({ domain }: AxisLayout, value: number): boolean => value >= domain[0] && value <= domain[1];

/** The corners of a line: NaN, a gap, where an axis cannot show them, and never so far out that positions overflow. */
export function corners({ x, y }: Series, layout: PanelLayout): { x: number; y: number }[] {
  const within = (axis: 'x' | 'y', value: number): number => {
    const [low, high] = layout[axis].domain;
    // A thousand frames away the slope of what is inside changes by less than a thousandth of the frame.
    const far = 1000 * (high - low);
    const [least, most] = layout.panel[axis].scale === 'log' ? [0, Infinity] : [low - far, high + far];
    return isDrawable(layout.panel[axis], value) ? Math.min(Math.max(value, least), most) : NaN;
  };
  return x.map((value, index) => ({ x: within('x', value), y: within('y', y[index]!) }));
}

/** The points inside both domains. */
export function visiblePoints({ x, y }: Series, layout: PanelLayout): { x: number; y: number }[] {
  const points = x.map((value, index) => ({ x: value, y: y[index]! }));
  return points.filter((point) => contains(layout.x, point.x) && contains(layout.y, point.y));
}

/** The error bars as far as they are inside both domains, from `y1` up to `y2`. */
export function visibleBars(
  { x, y, errors = [] }: Series,
  layout: PanelLayout,
): { x: number; y1: number; y2: number }[] {
  const [low, high] = layout.y.domain;
  const bars = errors.map((error, index) => {
    const [at, value] = [x[index]!, y[index]!];
    return { x: at, y1: Math.max(low, value - error), y2: Math.min(high, value + error) };
  });
  return bars.filter(({ x: at, y1, y2 }) => contains(layout.x, at) && y1 < y2);
}

/** The edges of a band, as `corners`; where y − error is not positive on a log axis the lower one is at the end of the domain. */
export function bandEdges(band: Series, layout: PanelLayout): { x: number; y1: number; y2: number }[] {
  const { y, errors = [] } = band;
  const shown = (below: number, value: number): number =>
    isDrawable(layout.panel.y, below) ? below : Math.min(layout.y.domain[0], value);
  const lower = corners({ ...band, y: y.map((value, i) => shown(value - errors[i]!, value)) }, layout);
  const upper = corners({ ...band, y: y.map((value, i) => value + errors[i]!) }, layout);
  return corners(band, layout).map(({ x, y: middle }, index) => ({
    x: Number.isNaN(middle) ? NaN : x,
    y1: lower[index]!.y,
    y2: upper[index]!.y,
  }));
}

/** The reference lines inside the domain. */
export function visibleReferences(layout: PanelLayout): readonly Reference[] {
  return layout.panel.references?.filter(({ axis, value }) => contains(layout[axis], value)) ?? [];
}

/** How Plot draws the marker of a series: with a white halo around its own radius. */
export function markerOf({ color, marker = 'circle' }: SeriesStyle): Plot.DotOptions {
  const halo = { stroke: '#ffffff', strokeWidth: strokeWidth.halo };
  return { ...markers[marker], fill: palette[color], r: markerRadius + strokeWidth.halo / 2, ...halo };
}

/** How Plot draws the line of a series. */
export function strokeOf({ color, dash = 'solid' }: SeriesStyle): Plot.MarkOptions {
  return {
    stroke: palette[color],
    strokeWidth: strokeWidth.line,
    strokeDasharray: dashes[dash],
    strokeLinecap: 'butt',
  };
}

/** How Plot fills the band of a series. */
export function fillOf({ color }: SeriesStyle): Plot.MarkOptions {
  return { fill: palette[color], fillOpacity: bandOpacity };
}

/** What lies below the frame: reference lines, bands, then curves. */
export function curveMarks(layout: PanelLayout): Plot.Markish[] {
  const thin = { stroke: palette.grey, strokeWidth: strokeWidth.reference, strokeDasharray: '3 2' };
  const references = visibleReferences(layout).map(({ axis, value }) =>
    axis === 'x' ? Plot.ruleX([value], thin) : Plot.ruleY([value], thin),
  );
  const { series } = layout.panel;
  const [bands, lines] = (['band', 'line'] as const).map((kind) => series.filter((one) => one.kind === kind));
  return [
    ...references,
    ...bands!.map((one) =>
      Plot.areaY(bandEdges(one, layout), { x: 'x', y1: 'y1', y2: 'y2', clip: true, ...fillOf(one.style) }),
    ),
    ...lines!.map((one) =>
      Plot.line(corners(one, layout), { x: 'x', y: 'y', clip: true, ...strokeOf(one.style) }),
    ),
  ];
}

/** What lies above the frame: error bars on a white halo that parts them from what is below, then markers. */
export function pointMarks(layout: PanelLayout): Plot.Markish[] {
  const { series } = layout.panel;
  const barred = series.filter(({ kind }) => kind !== 'band');
  const bars = barred.flatMap((one) =>
    [
      { stroke: '#ffffff', strokeWidth: strokeWidth.error + 2 * strokeWidth.halo },
      { stroke: palette[one.style.color], strokeWidth: strokeWidth.error },
    ].map((stroke) => Plot.ruleX(visibleBars(one, layout), { x: 'x', y1: 'y1', y2: 'y2', ...stroke })),
  );
  const points = series.filter(({ kind }) => kind === 'points');
  return [
    ...bars,
    ...points.map((one) => Plot.dot(visiblePoints(one, layout), { x: 'x', y: 'y', ...markerOf(one.style) })),
  ];
}
