import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { rangeError, requireString } from '../foundation/checks.js';
import { renderPdf } from './pdf.js';
import { renderPng } from './png.js';
import { renderSvg } from './svg.js';
import type { Figure } from './types.js';

/**
 * Writes a figure to a file in the format of its extension: `.svg`, `.pdf` or `.png` (600 dots per inch).
 *
 * @throws RangeError for another extension and as {@link renderSvg}, before anything is written; the file system's
 *   own error when the file cannot be written
 * @example await writeFigure(figure, 'learning-curves.pdf');
 */
export async function writeFigure(figure: Figure, path: string): Promise<void> {
  switch (extname(requireString('path', path)).toLowerCase()) {
    case '.svg':
      return writeFile(path, renderSvg(figure));
    case '.png':
      return writeFile(path, renderPng(figure));
    case '.pdf':
      return writeFile(path, await renderPdf(figure));
    default:
      throw rangeError('path', 'a file name that ends in .svg, .pdf or .png', path);
  }
}
