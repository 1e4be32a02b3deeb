import { drawFigure } from './compose.js';
import { fontText } from './font-text.js';
import { fontFile, type Face } from './fonts.js';
import type { Figure } from './types.js';

/**
 * Draws a figure as a PDF of one page of its own size, with text as text in embedded fonts.
 *
 * @param figure what to draw
 * @returns the bytes of the file, the same for the same figure: a fixed date, and streams left uncompressed because
 *   compressed bytes differ between builds of zlib
 * @throws (as a rejection) RangeError as {@link renderSvg}
 * @example
 * Buffer.from(await renderPdf(figure)).toString('latin1', 0, 5); // '%PDF-'
 */
export async function renderPdf(figure: Figure): Promise<Uint8Array> {
  const svg = drawFigure(figure, fontText);
  const [width, height] = [1, 2].map((at) => Number(/viewBox="0 0 (\S+) (\S+)"/u.exec(svg)![at]));
  const { default: PDFDocument } = await import('pdfkit');
  const { default: svgToPdf } = await import('svg-to-pdfkit');
  // pdfkit would take the clock's time and make the file's identifier from it.
  const info = {
    ...(figure.title === undefined ? {} : { Title: figure.title }),
    Creator: 'order-parameters',
    CreationDate: new Date(0),
  };
  const document = new PDFDocument({ size: [width!, height!], margin: 0, compress: false, info });
  const chunks: Uint8Array[] = [];
  const ended = new Promise<void>((resolve, reject) => {
    document.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    document.on('end', resolve);
    document.on('error', reject);
  });
  svgToPdf(document, svg, 0, 0, { fontCallback: (family) => fontFile(family as Face) });
  document.end();
  await ended;
  return new Uint8Array(Buffer.concat(chunks));
}
