import { palette } from '../../lib/figures/style.js';

const rgb = (color: string): number[] => [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));

describe('palette', () => {
  it('has the colours that Wong (2011) prints', () => {
    expect(rgb(palette.black)).toEqual([0, 0, 0]);
    expect(rgb(palette.orange)).toEqual([230, 159, 0]);
    expect(rgb(palette.sky)).toEqual([86, 180, 233]);
    expect(rgb(palette.green)).toEqual([0, 158, 115]);
    expect(rgb(palette.blue)).toEqual([0, 114, 178]);
    expect(rgb(palette.vermillion)).toEqual([213, 94, 0]);
    expect(rgb(palette.purple)).toEqual([204, 121, 167]);
  });

  it('has a grey that can be read on white: contrast 4.5 or more by the WCAG formula', () => {
    const [level] = rgb(palette.grey).map((value) => ((value / 255 + 0.055) / 1.055) ** 2.4);
    expect(1.05 / (level + 0.05)).toBeGreaterThan(4.5);
  });
});
