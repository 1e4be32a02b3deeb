/**
 * The palette: the eight colours of Okabe and Ito that stay apart under the common kinds of colour blindness (Wong,
 * Nature Methods 8, 441 (2011)), with grey, dark enough for text on white, in place of their yellow, which is not.
 */
export const palette = {
  blue: '#0072b2',
  vermillion: '#d55e00',
  green: '#009e73',
  purple: '#cc79a7',
  orange: '#e69f00',
  sky: '#56b4e9',
  black: '#000000',
  grey: '#6e6e6e',
} as const;

/** A colour of Okabe and Ito, or grey in place of their yellow. */
export type Color = keyof typeof palette;

/** Dash patterns in points, ink and gap in turn. */
export const dashes = { solid: 'none', dashed: '4 2', dotted: '1 1.6' } as const;

/** How a line is dashed. */
export type Dash = keyof typeof dashes;

/** Shapes of a data point, as options of Plot. */
export const markers = {
  circle: { symbol: 'circle' },
  square: { symbol: 'square' },
  triangle: { symbol: 'triangle' },
  diamond: { symbol: 'square', rotate: 45 },
} as const;

/** The shape of a data point. */
export type MarkerShape = keyof typeof markers;

/** Sizes of text in points: readable in print at the figure's own width. */
export const textSize = { tick: 7.5, label: 8.5, legend: 7.5, note: 7.5, tag: 9 } as const;

/** Widths of strokes in points. */
export const strokeWidth = {
  frame: 0.6,
  major: 0.6,
  minor: 0.45,
  line: 1.2,
  error: 0.8,
  reference: 0.6,
  halo: 0.55,
} as const;

/** How much of its colour a band has, so that lines and other bands show through. */
export const bandOpacity = 0.2;

/** Lengths of ticks in points; negative ones point inward. */
export const tickLength = { major: -3.6, minor: -2 } as const;

/** Radius of a marker in points; other shapes have the area of that circle. */
export const markerRadius = 2.05;
