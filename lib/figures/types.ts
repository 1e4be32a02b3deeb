import type { Color, Dash, MarkerShape } from './style.js';

/**
 * One axis of a panel.
 *
 * `label` is markup: `t = steps/N`, `ε_g`, `10^{-3}` (`_` lowers and `^` raises what comes next, one character or braces).
 * Without `domain` the axis covers the data, its error bars and the reference lines with a margin of 4 %.
 *
 * @example { label: 'generalization error ε', scale: 'log', domain: [1e-4, 1] }
 */
export interface Axis {
  /** Markup, written along the axis. */
  readonly label: string;
  /** How data units are mapped to lengths; default `linear`. */
  readonly scale?: 'linear' | 'log';
  /** [low, high] in data units, low < high; both > 0 on a log axis. What lies outside is clipped. */
  readonly domain?: readonly [number, number];
}

/** How a series looks: a colour of the palette, the dash of a line (default solid), the marker of points (default circle). */
export interface SeriesStyle {
  /** Colour of the line, band, markers, error bars and label. */
  readonly color: Color;
  /** Dash of a line; default `solid`. */
  readonly dash?: Dash;
  /** Shape of points; default `circle`. */
  readonly marker?: MarkerShape;
}

/**
 * One curve or one set of points, `x` and `y` of equal length in data units.
 *
 * A non-finite coordinate, or one ≤ 0 on a log axis, is not drawn and breaks a line. Series of one panel with the same
 * label share one row of its legend, so a theory curve and its simulation points go together.
 */
export interface Series {
  /** Markup, as for an axis; shown in the series' colour. */
  readonly label: string;
  /** Whether neighbours are joined by a line, each point gets a marker, or what lies within one standard error is shaded. */
  readonly kind: 'line' | 'points' | 'band';
  /** Colour, and dash of a line or marker of points. */
  readonly style: SeriesStyle;
  /** Where it is along the x axis, in data units; at least one number. */
  readonly x: readonly number[];
  /** Where it is along the y axis, in data units; as many as `x`. */
  readonly y: readonly number[];
  /** One standard error for each point, finite and ≥ 0, drawn as a bar from y − error to y + error; a band needs them. */
  readonly errors?: readonly number[];
  /** Write the label beside the curve, where there is room, in place of a row in the legend. */
  readonly direct?: boolean;
}

/** A thin dashed line across the panel at `value` of the named axis: `axis: 'y'` gives a horizontal one. */
export interface Reference {
  /** The axis on which `value` lies; the line is at right angles to it. */
  readonly axis: 'x' | 'y';
  /** Where the line stands: finite, in data units of that axis; > 0 on a log axis. */
  readonly value: number;
  /** Markup, written small along the line. */
  readonly label?: string;
}

/**
 * Where the legend goes: a corner; a pair [right, up] of fractions of the free room, [0, 0] the lower left and [1, 1] the
 * upper right corner; or `none`. Without it the legend goes where it covers the least data.
 */
export type LegendPlace =
  'top-left' | 'top-right' | 'bottom-left' | 'bottom-right' | 'none' | readonly [number, number];

/** One frame with its axes, series, legend and reference lines. */
export interface Panel {
  /** Markup, written above the frame, after the tag (a), (b), … that panels get when there are several. */
  readonly title?: string;
  /** The horizontal axis. */
  readonly x: Axis;
  /** The vertical axis. */
  readonly y: Axis;
  /** What is drawn: bands under lines under points, each kind in this order. */
  readonly series: readonly Series[];
  /** Lines across the panel; default none. */
  readonly references?: readonly Reference[];
  /** Where the legend goes; default where it covers the least data. */
  readonly legend?: LegendPlace;
}

/**
 * A whole figure: panels in reading order on a grid of `columns`.
 *
 * Lengths are points (1/72 inch). `panelWidth` × `panelHeight` is one cell with its labels, so a figure for one column
 * of a journal (86 mm) is 244 wide in all, one for both (178 mm) 505. Text is 7.5 to 9 points at that size.
 */
export interface Figure {
  /** For readers who cannot see the figure, and for the document properties of a PDF; not drawn. */
  readonly title?: string;
  /** Cells in a row of the grid, an integer ≥ 1. */
  readonly columns: number;
  /** Width of a cell in points, > 0. */
  readonly panelWidth: number;
  /** Height of a cell in points, > 0. */
  readonly panelHeight: number;
  /** Panels in reading order, at least one. */
  readonly panels: readonly Panel[];
}
