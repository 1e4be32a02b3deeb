import { renderPdf, renderSvg } from '../../lib/figures/index.js';
import { learningCurves, parse, plain, textBoxes } from './reading.js';

const textOf = (pdf: Uint8Array): string => Buffer.from(pdf).toString('latin1');

type Matrix = readonly [number, number, number, number, number, number];

/** Matrix product in the order of the PDF reference: `first` applied before `then`. */
function multiply([a, b, c, d, e, f]: Matrix, [A, B, C, D, E, F]: Matrix): Matrix {
  return [a * A + b * C, a * B + b * D, c * A + d * C, c * B + d * D, e * A + f * C + E, e * B + f * D + F];
}

/** Where on the page, and how turned, each piece of text starts, by reading the page's operators. */
function textPlaces(pdf: string): Matrix[] {
  const found: Matrix[] = [];
  const stack: Matrix[] = [];
  let page: Matrix = [1, 0, 0, 1, 0, 0];
  for (const line of pdf.split('\n')) {
    const words = line.trim().split(/\s+/u);
    const numbers = words.slice(0, 6).map(Number) as unknown as Matrix;
    if (words[0] === 'q') stack.push(page);
    else if (words[0] === 'Q') page = stack.pop()!;
    else if (words[6] === 'cm') page = multiply(numbers, page);
    else if (words[6] === 'Tm') found.push(multiply(numbers, page));
  }
  return found;
}

describe('renderPdf', () => {
  it('gives the same bytes each time', async () => {
    expect(Buffer.compare(await renderPdf(learningCurves()), await renderPdf(learningCurves()))).toBe(0);
  });

  it('is a PDF of one page of the figure’s size in points', async () => {
    const pdf = textOf(await renderPdf(learningCurves()));
    expect(pdf).toMatch(/^%PDF-1\.\d/u);
    expect(pdf.trimEnd().endsWith('%%EOF')).toBe(true);
    expect(pdf.match(/\/MediaBox \[0 0 505 200\]/gu)).toHaveLength(1);
    expect(pdf).toContain('/Count 1');
  });

  it('embeds the fonts that it uses and maps their glyphs back to text', async () => {
    const pdf = textOf(await renderPdf(learningCurves()));
    // Upright, italic, bold and bold italic; a figure without a tag and with an upright legend has the first three.
    expect(pdf.match(/\/FontFile2/gu)).toHaveLength(4);
    expect(pdf.match(/\/ToUnicode/gu)).toHaveLength(4);
    expect(textOf(await renderPdf(plain())).match(/\/FontFile2/gu)).toHaveLength(3);
    expect(pdf).not.toMatch(/Helvetica/u);
  });

  it('holds no clock time and no compressed stream, whose bytes depend on the machine', async () => {
    const pdf = textOf(await renderPdf(plain()));
    expect(pdf).toContain('(D:19700101000000Z)');
    expect(pdf.match(/\(D:\d+Z?\)/gu)).toHaveLength(1);
    expect(pdf).not.toContain('FlateDecode');
  });

  it('sets its labels where the SVG has them, that of y turned to the left', async () => {
    const root = parse(renderSvg(plain()));
    const places = textPlaces(textOf(await renderPdf(plain())));
    // On the page y runs upward from the lower side.
    for (const { text, left, bottom } of textBoxes(root).filter((box) =>
      /^(?:10|0\.2|WN)$/u.test(box.text),
    )) {
      // An upright letter starts within 0.1 em of its ink, and has no descent.
      const near = places.filter(([, , , , x, y]) => Math.hypot(x - left, 170 - y - bottom) < 0.9);
      expect([text, near.length]).toEqual([text, 1]);
      near[0].slice(0, 4).forEach((value, at) => {
        expect(value).toBeCloseTo([1, 0, 0, 1][at], 6);
      });
    }
    const turned = places.filter(([a]) => Math.abs(a) < 1e-6);
    expect(turned).toHaveLength(1);
    expect(turned[0][1]).toBeCloseTo(1, 6);
  });

  it('carries the title in its properties', async () => {
    expect(textOf(await renderPdf(learningCurves()))).toContain('(Learning curves of four rules)');
    expect(textOf(await renderPdf(plain()))).not.toContain('/Title');
  });

  it('never writes a number that is none', async () => {
    const pdf = textOf(await renderPdf(plain({ x: [NaN, 1, 2], y: [1, Infinity, 0.5] })));
    expect(pdf).not.toMatch(/NaN|Infinity|undefined/u);
  });

  it('rejects a figure that cannot be drawn', async () => {
    await expect(renderPdf(plain({ x: [], y: [] }))).rejects.toThrow(RangeError);
  });
});
