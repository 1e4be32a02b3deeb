import { typeset } from '../../lib/figures/typeset.js';

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
