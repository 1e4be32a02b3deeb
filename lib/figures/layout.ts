import * as Plot from '@observablehq/plot';
import { rangeError } from '../foundation/checks.js';
import { axisDomain, type Domain } from './domain.js';
import { chooseTicks, type Ticks } from './ticks.js';
import type { Axis, Figure, Panel } from './types.js';

/** A rectangle in points, y downward. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** An axis with the ends of its domain, its ticks and the scale of Plot that maps values to points. */
export interface AxisLayout {
  readonly domain: Domain;
  readonly ticks: Ticks;
  readonly scale: Plot.Scale;
}

/** A panel in its cell of the grid, `width` × `height` with the frame in it. */
export interface PanelLayout {
  readonly panel: Panel;
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly frame: Box;
  readonly x: AxisLayout;
  readonly y: AxisLayout;
}

const leastFrame = 40;

// Room in points for axis labels, gaps and heading, without the tick labels on the left and right.
const margins = { left: 17.5, right: 1.5, plainTop: 5, headedTop: 15, bottom: 26 } as const;

// Ticks are chosen before the width of their labels is known, which is about this.
const usualWidth = 28;

/**
 * Lays the panels out: all frames of a figure have one size and stand on one grid, with room for the longest labels.
 *
 * @throws RangeError when the words leave less than 40 points for a frame, and as {@link axisDomain}
 */
export function layOut({ panels, panelWidth: width, panelHeight: height }: Figure): PanelLayout[] {
  const measured = panels.map((panel, index) => {
    const name = `panels[${index}]`;
    const x = axisDomain('x', panel, name);
    const y = axisDomain('y', panel, name, (at) => at >= x[0] && at <= x[1]);
    const [across, up] = [width - margins.left - usualWidth, height - margins.bottom - margins.headedTop];
    return {
      panel,
      name,
      x: { domain: x, ticks: chooseTicks(panel.x.scale, x, 'x', across) },
      y: { domain: y, ticks: chooseTicks(panel.y.scale, y, 'y', up) },
    };
  });
  const isHeaded =
    panels.length > 1 || measured.some(({ panel, y }) => panel.title !== undefined || y.ticks.factor !== '');
  const top = isHeaded ? margins.headedTop : margins.plainTop;
  const bottom = height - margins.bottom;
  const left = margins.left + Math.max(...measured.map(({ y }) => y.ticks.width));
  const right = width - margins.right - Math.max(5, ...measured.map(({ x }) => x.ticks.width / 2));
  for (const [name, size, free] of [
    ['panelWidth', width, right - left],
    ['panelHeight', height, bottom - top],
  ] as const) {
    if (free >= leastFrame) continue;
    throw rangeError(name, `at least ${Math.ceil(size - free + leastFrame)} with these labels`, size);
  }
  const frame = { left, top, right, bottom };
  const scale = ({ scale: type = 'linear' }: Axis, domain: Domain, range: number[]): Plot.Scale =>
    Plot.scale({ x: { type, domain: [...domain], range } });
  return measured.map(({ x, y, ...own }) => ({
    ...own,
    width,
    height,
    frame,
    x: { ...x, scale: scale(own.panel.x, x.domain, [left, right]) },
    y: { ...y, scale: scale(own.panel.y, y.domain, [bottom, top]) },
  }));
}
