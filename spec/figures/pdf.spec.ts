import { renderPdf } from '../../lib/figures/index.js';
import { learningCurves, plain } from './reading.js';

const textOf = (pdf: Uint8Array): string => Buffer.from(pdf).toString('latin1');

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
