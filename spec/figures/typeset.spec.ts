import { outline, typeset } from '../../lib/figures/typeset.js';

describe('typeset', () => {
  it('has the widths of Computer Modern: half an em for a digit, 0.917 em for M, 0.803 em for italic N', () => {
    expect(typeset('2026', 10).width).toBeCloseTo(20, 10);
    // TeX font metrics of cmr10 and cmmi10, which the fonts round to a thousandth of an em.
    expect(Math.abs(typeset('MM', 10).width - 2 * 9.1667)).toBeLessThan(2 * 0.005);
    expect(Math.abs(typeset('N', 10).width - 8.0347)).toBeLessThan(0.005);
  });

  it('sets scripts at 0.7 of the size, above and below the line', () => {
    const raised = typeset('10^{23}', 10);
    expect(raised.width).toBeCloseTo(10 + 0.7 * 10, 10);
    expect(raised.runs.map(({ text, size }) => [text, size])).toEqual([
      ['10', 10],
      ['23', 7],
    ]);
    expect(raised.runs[1].y).toBeLessThan(0);
    expect(typeset('x_2', 10).runs[1].y).toBeGreaterThan(0);
  });

  it('moves a superscript off an italic letter by 0.05 em', () => {
    const [letter, squared] = [typeset('N', 10).width, typeset('N^2', 10).width];
    expect(squared - letter).toBeCloseTo(0.5 + 0.7 * 5, 10);
    expect(typeset('10^2', 10).width - typeset('10', 10).width).toBeCloseTo(0.7 * 5, 10);
  });

  it('grows upward with a superscript and downward with a subscript', () => {
    const [line, up, down] = ['x', 'x^2', 'x_2'].map((label) => typeset(label, 8));
    expect(up.ascent).toBeGreaterThan(line.ascent);
    expect(up.descent).toBe(line.descent);
    expect(down.descent).toBeGreaterThan(line.descent);
    expect(down.ascent).toBe(line.ascent);
  });

  it('chooses bold faces when asked', () => {
    expect(typeset('N = 8', 8, { bold: true }).runs.map(({ face }) => face)).toEqual([
      'boldItalic',
      'bold',
      'bold',
    ]);
    expect(typeset('N = 8', 8).runs.map(({ face }) => face)).toEqual(['italic', 'upright', 'upright']);
  });

  it('leaves room between words', () => {
    expect(typeset('ab cd', 10).width).toBeGreaterThan(typeset('abcd', 10).width + 2);
  });

  it('refuses a character without a glyph, naming it and the argument', () => {
    expect(() => typeset('Müller', 8, { name: 'panels[1].title' })).toThrow(
      new RangeError(
        '`panels[1].title` must be text that the figure\'s fonts have, which do not have "ü"; got "Müller"',
      ),
    );
  });
});

describe('outline', () => {
  /** Coordinates of absolute path data, control points included. */
  const coordinates = (path: string): { xs: number[]; ys: number[] } => {
    const all = path.match(/-?\d+(?:\.\d+)?/gu)!.map(Number);
    return { xs: all.filter((_, at) => at % 2 === 0), ys: all.filter((_, at) => at % 2 === 1) };
  };

  it('draws letters as high as they are in Computer Modern and as wide as the line', () => {
    const size = 8;
    const line = typeset('HH', size);
    const { xs, ys } = coordinates(outline(line));
    // Height of a capital: 0.683 em; the outline is rounded to 1/100 point.
    expect(-Math.min(...ys)).toBeCloseTo(0.683 * size, 1);
    expect(Math.max(...ys)).toBeCloseTo(0, 10);
    expect(Math.min(...xs)).toBeGreaterThanOrEqual(0);
    // The side bearings of H are 0.025 em or less.
    expect(Math.max(...xs)).toBeLessThanOrEqual(line.width);
    expect(Math.max(...xs)).toBeGreaterThan(line.width - 0.05 * size);
  });

  it('starts where it is told', () => {
    const [here, there] = [
      [0, 0],
      [30, -20],
    ].map(([x, y]) => coordinates(outline(typeset('R_2', 8), x, y)));
    here.xs.forEach((x, at) => {
      // Both are rounded to 1/100 point.
      expect(Math.abs(there.xs[at] - x - 30)).toBeLessThan(0.011);
      expect(Math.abs(there.ys[at] - here.ys[at] + 20)).toBeLessThan(0.011);
    });
  });

  it('has one contour for each part of a letter, closed', () => {
    // o has two contours, i has two in Computer Modern, l has one.
    const path = outline(typeset('oil', 8));
    expect(path.match(/M/gu)).toHaveLength(5);
    expect(path.match(/Z/gu)).toHaveLength(5);
  });

  it('is empty for empty text', () => {
    expect(outline(typeset('', 8))).toBe('');
    expect(typeset('', 8).width).toBe(0);
  });
});
