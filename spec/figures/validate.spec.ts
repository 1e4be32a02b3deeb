import type { Figure } from '../../lib/figures/index.js';
import { checkFigure, seriesName } from '../../lib/figures/validate.js';
import { plain } from './reading.js';

const series = (part: object): Figure => plain(part);
const panel = (part: object): Figure => plain({}, part);
const whole = (part: object): Figure => plain({}, {}, part);
const x = (part: object): Figure => panel({ x: { label: 't', ...part } });

describe('checkFigure', () => {
  it('accepts a figure with everything in it', () => {
    const style = { color: 'sky', dash: 'dotted', marker: 'diamond' };
    expect(() => {
      checkFigure(series({ style, errors: [0, 1, 2], direct: true, x: [NaN, 1, Infinity] }));
      checkFigure(panel({ legend: [0, 0.5], references: [{ axis: 'x', value: -1 }], series: [] }));
    }).not.toThrow();
  });

  const wn = '`panels[0].series["WN"]';
  const refused: [string, Figure, string][] = [
    ['no panels', whole({ panels: [] }), '`panels` must be a list with at least one panel; got 0'],
    ['half a column', whole({ columns: 1.5 }), '`columns` must be an integer >= 1; got 1.5'],
    ['no width', whole({ panelWidth: 0 }), '`panelWidth` must be a finite number > 0; got 0'],
    ['no height', whole({ panelHeight: NaN }), '`panelHeight` must be a finite number > 0; got NaN'],
    ['an empty series', series({ x: [], y: [] }), `${wn}.x\` must be a list with at least one number; got 0`],
    ['a short y', series({ y: [1] }), `${wn}.y\` must be as long as x, 3 numbers; got 1`],
    [
      'a band without errors',
      series({ kind: 'band' }),
      `${wn}.errors\` must be given for a band; got undefined`,
    ],
    [
      'long errors',
      series({ errors: [1, 1, 1, 1] }),
      `${wn}.errors\` must be as long as x, 3 numbers; got 4`,
    ],
    [
      'an error of NaN',
      series({ errors: [1, NaN, 1] }),
      `${wn}.errors[1]\` must be a finite number >= 0; got NaN`,
    ],
    [
      'an infinite error',
      series({ errors: [1, 1, Infinity] }),
      `${wn}.errors[2]\` must be a finite number >= 0; got Infinity`,
    ],
    [
      'a negative error',
      series({ errors: [-1, 1, 1] }),
      `${wn}.errors[0]\` must be a finite number >= 0; got -1`,
    ],
    ['a kind', series({ kind: 'bars' }), `${wn}.kind\` must be one of line, points, band; got "bars"`],
    [
      'a colour',
      series({ style: { color: 'red' } }),
      `${wn}.style.color\` must be one of blue, vermillion, green, purple, orange, sky, black, grey; got "red"`,
    ],
    [
      'a dash',
      series({ style: { color: 'blue', dash: 'wavy' } }),
      `${wn}.style.dash\` must be one of solid, dashed, dotted; got "wavy"`,
    ],
    [
      'a marker',
      series({ style: { color: 'blue', marker: 'star' } }),
      `${wn}.style.marker\` must be one of circle, square, triangle, diamond; got "star"`,
    ],
    ['a scale', x({ scale: 'sqrt' }), '`panels[0].x.scale` must be one of linear, log; got "sqrt"'],
    [
      'a reversed domain',
      x({ domain: [2, 1] }),
      '`panels[0].x.domain` must be [low, high] with low < high; got "[2, 1]"',
    ],
    [
      'an empty domain',
      x({ domain: [1, 1] }),
      '`panels[0].x.domain` must be [low, high] with low < high; got "[1, 1]"',
    ],
    ['a domain of NaN', x({ domain: [NaN, 1] }), '`panels[0].x.domain[0]` must be a finite number; got NaN'],
    [
      'an endless domain',
      x({ domain: [0, Infinity] }),
      '`panels[0].x.domain[1]` must be a finite number; got Infinity',
    ],
    [
      'zero on a log axis',
      x({ scale: 'log', domain: [0, 1] }),
      '`panels[0].x.domain` must be positive on a log axis; got "[0, 1]"',
    ],
    [
      'a domain narrower than its digits',
      x({ domain: [1, 1 + 1e-12] }),
      '`panels[0].x.domain` must be wider than 1e-9 of its ends and of finite width; got "[1, 1.000000000001]"',
    ],
    [
      'a domain that overflows',
      x({ domain: [-1.7e308, 1.7e308] }),
      '`panels[0].x.domain` must be wider than 1e-9 of its ends and of finite width; got "[-1.7e+308, 1.7e+308]"',
    ],
    [
      'a reference of NaN',
      panel({ references: [{ axis: 'y', value: NaN }] }),
      '`panels[0].references[0].value` must be a finite number; got NaN',
    ],
    [
      'a reference at zero on a log axis',
      panel({ y: { label: 'y', scale: 'log' }, references: [{ axis: 'y', value: 0 }] }),
      '`panels[0].references[0].value` must be positive on a log axis; got 0',
    ],
    [
      'a reference on no axis',
      panel({ references: [{ axis: 'z', value: 0 }] }),
      '`panels[0].references[0].axis` must be one of x, y; got "z"',
    ],
    [
      'a corner',
      panel({ legend: 'middle' }),
      '`panels[0].legend` must be one of top-left, top-right, bottom-left, bottom-right, none; got "middle"',
    ],
    [
      'a place outside the frame',
      panel({ legend: [0.5, 1.5] }),
      '`panels[0].legend` must be a corner, none or [right, up] with numbers from 0 to 1; got "[0.5, 1.5]"',
    ],
  ];

  it.each(refused)('refuses %s in one line that names it', (_, figure, message) => {
    expect(() => {
      checkFigure(figure);
    }).toThrow(new RangeError(message));
  });
});

describe('seriesName', () => {
  it('names a series by its place and label', () => {
    expect(seriesName('panels[2].series[0]', 'ζ = "0"')).toBe('panels[2].series["ζ = \\"0\\""]');
  });
});
