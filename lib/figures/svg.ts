import { drawFigure } from './compose.js';
import { glyphOutlines } from './glyphs.js';
import type { Figure } from './types.js';

/**
 * Draws a figure as SVG.
 *
 * Text becomes outlines, each glyph defined once, so that the picture is the same with whatever fonts its reader has; its
 * words stay in `aria-label`, title and description. Several figures can stand in one page: different ones share no id.
 *
 * @param figure what to draw
 * @returns an SVG document of columns × panelWidth by rows × panelHeight points on white; the same figure always gives the
 *   same bytes
 * @throws RangeError in one line naming what cannot be drawn: an empty series, lists of different lengths, a bad
 *   domain or error, an unknown colour, bad markup, too little room
 * @example
 * renderSvg({ columns: 1, panelWidth: 244, panelHeight: 170, panels: [{
 *   x: { label: 't = steps/N' }, y: { label: 'R', domain: [0, 1] },
 *   series: [{ label: 'WN', kind: 'line', style: { color: 'blue' }, x: [0, 1, 2], y: [0.1, 0.6, 0.9] }],
 * }] });
 */
export function renderSvg(figure: Figure): string {
  return drawFigure(figure, glyphOutlines());
}
