import { Resvg } from '@resvg/resvg-js';
import { requireWithin } from '../foundation/checks.js';
import { renderSvg } from './svg.js';
import type { Figure } from './types.js';

/**
 * Draws a figure as PNG, from its SVG: text is outlines there, so no font is looked for.
 *
 * @param figure what to draw
 * @param pixelsPerPoint from 0.1 to 20; the default gives 600 dots per inch
 * @returns the bytes of the file, of ⌈width × pixelsPerPoint⌉ pixels across
 * @throws RangeError as {@link renderSvg}, and for a resolution out of range
 * @example
 * Buffer.from(renderPng(figure, 2)).readUInt32BE(16); // 488 pixels across, twice the 244 points of the figure
 */
export function renderPng(figure: Figure, pixelsPerPoint = 600 / 72): Uint8Array {
  requireWithin('pixelsPerPoint', pixelsPerPoint, 0.1, 20);
  const svg = renderSvg(figure);
  const width = Math.ceil(
    figure.panelWidth * Math.min(figure.columns, figure.panels.length) * pixelsPerPoint,
  );
  const image = new Resvg(svg, { fitTo: { mode: 'width', value: width }, font: { loadSystemFonts: false } });
  return new Uint8Array(image.render().asPng());
}
