/**
 * Figures of journal quality: a description in, SVG, PNG or PDF out, the same bytes every time.
 *
 * @packageDocumentation
 */
export { renderPdf } from './pdf.js';
export { renderPng } from './png.js';
export { renderSvg } from './svg.js';
export { writeFigure } from './write.js';
export type { Color, Dash, MarkerShape } from './style.js';
export type { Axis, Figure, LegendPlace, Panel, Reference, Series, SeriesStyle } from './types.js';
