import * as Plot from '@observablehq/plot';
import type { Domain } from './domain.js';
import { draw } from './draw.js';
import { textSize } from './style.js';
import { typeset } from './typeset.js';

/** The ticks of an axis. */
export interface Ticks {
  readonly values: readonly number[];
  /** Markup, one for each value. */
  readonly labels: readonly string[];
  /** Markup such as `×10^{-5}` to write at the end of the axis; empty when labels are the values. */
  readonly factor: string;
  /** Width in points of the widest label and the factor. */
  readonly width: number;
  /** How many ticks to ask Plot for so that they divide the steps between the labelled ones. */
  readonly minor: number;
}

type ScaleType = 'linear' | 'log';

// In points: what Plot may take for a label, the least gap between labels, the least decade with ticks in it.
const spacing = { x: 35, y: 25 } as const;
const gap = 6;
const leastDecade = 12;

const isPowerOfTen = (value: number): boolean => value.toExponential().startsWith('1e');

/** The values that Plot labels when asked for about `count` ticks; only decades where two or more are in sight. */
function labelled(type: ScaleType, domain: Domain, count: number): number[] {
  const values: number[] = [];
  const tickFormat = (value: number): string => String(values.push(value));
  const axis = Plot.axisX({ ticks: count, tickFormat, tickSize: 0, label: null });
  draw({ x: { type, domain: [...domain] }, marks: [axis] });
  const decades = type === 'log' ? values.filter(isPowerOfTen) : [];
  return decades.length > 1 ? decades : values;
}

type Words = Pick<Ticks, 'labels' | 'factor'>;

/** Plain numbers where all are short, else m×10^n. */
function logWords(values: readonly number[]): Words {
  const least = values.every(isPowerOfTen) ? 1 : 1e-3;
  const isPlain = values.every((value) => value >= least && value <= 1000);
  const power = (value: number): string => {
    const [mantissa, exponent] = value.toExponential().split('e');
    return `${mantissa === '1' ? '' : `${mantissa}×`}10^{${Number(exponent)}}`;
  };
  return { labels: values.map(isPlain ? String : power), factor: '' };
}

/** Numbers of one number of decimals, after a power of ten is taken out of large or small ones. */
function linearWords(values: readonly number[], domain: Domain): Words {
  const size = Math.floor(Math.log10(Math.max(...domain.map(Math.abs))) + 1e-9);
  const shared = size >= 5 || size <= -4 ? size : 0;
  const numbers = values.map((value) => {
    const [mantissa, exponent] = value.toExponential().split('e');
    return Number(`${mantissa}e${Number(exponent) - shared}`);
  });
  const decimals = Math.max(0, ...numbers.map((number) => (String(number).split('.')[1] ?? '').length));
  const labels = numbers.map((number) => number.toFixed(decimals));
  return { labels, factor: shared === 0 ? '' : `×10^{${shared}}` };
}

/**
 * The ticks of an axis: those of Plot, so far apart that the labels stand clear of each other.
 *
 * @param type of scale
 * @param domain data units
 * @param direction x or y, along which labels need the room of their width or height
 * @param length of the axis in points, about
 */
export function chooseTicks(
  type: ScaleType = 'linear',
  domain: Domain,
  direction: 'x' | 'y',
  length: number,
): Ticks {
  const decades = type === 'log' ? Math.log10(domain[1]) - Math.log10(domain[0]) : 0;
  const minorOfDecades =
    length / decades >= leastDecade ? Math.ceil(decades) + 1 : Math.min(Math.floor(decades), length / 4);
  const ticksEvery = (room: number): Ticks => {
    const values = labelled(type, domain, length / room);
    const words = type === 'log' ? logWords(values) : linearWords(values, domain);
    const widths = [words.factor, ...words.labels].map((word) => typeset(word, textSize.tick).width);
    // A fifth of Plot's step divides it: steps are 1, 2 or 5 times a power of ten.
    return {
      values,
      ...words,
      width: Math.max(...widths),
      minor: decades > 1 ? minorOfDecades : (5 * length) / room,
    };
  };
  const ticks = ticksEvery(spacing[direction]);
  // Plot's step is at least 1/√2 of what it is asked for.
  const room = Math.SQRT2 * (ticks.width + gap);
  return direction === 'y' || room <= spacing.x ? ticks : ticksEvery(room);
}
