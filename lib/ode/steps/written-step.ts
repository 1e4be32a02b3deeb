import type { OdeProblem, Tolerances } from '../problem.js';
import { DORMAND_PRINCE_8 } from './tableau.js';

/**
 * What the attempts of a step share: the state and slope of the last stage, the slope at the start, the new state, and the slopes of
 * all stages, for the inside of the step.
 */
export interface StepBuffers {
  readonly stage: Float64Array;
  readonly stageSlope: Float64Array;
  readonly slope: Float64Array;
  readonly next: Float64Array;
  /** Those of the stages, a row each. */
  readonly slopes: readonly Float64Array[];
}

/** Makes a step, writes the buffers, gives back the error over the tolerance. */
export type Attempt = (time: number, state: ArrayLike<number>, h: number) => number;

type Bind = (
  derivative: OdeProblem['derivative'],
  absolute: Float64Array,
  relative: Float64Array,
  buffers: StepBuffers,
) => Attempt;

/** A component in the code: its number, or the variable that runs over all. */
type Component = number | string;

/**
 * Components written one by one, with what they hold in variables: `each` of some statements, y_i, slope s of component i, and how that
 * is taken over from where it was put.
 */
function straightLine(n: number) {
  return {
    each: (statement: (i: Component) => string): string =>
      Array.from({ length: n }, (_, i) => statement(i)).join('\n'),
    state: (i: Component): string => `y_${i}`,
    slope: (s: number, i: Component): string => `k${s}_${i}`,
    take: (s: number, i: Component, from: string): string =>
      `const k${s}_${i} = kept${s}[${i}] = ${from}[${i}];`,
  };
}

type Form = ReturnType<typeof straightLine>;

/** The same as loops over arrays. */
function loops(n: number): Form {
  return {
    each: (statement) => `for (let i = 0; i < ${n}; i++) {\n${statement('i')}\n}`,
    state: (i) => `y[${i}]`,
    slope: (s, i) => `kept${s}[${i}]`,
    take: (s, i, from) => `kept${s}[${i}] = ${from}[${i}];`,
  };
}

function codeOf({ each, state, slope, take }: Form, n: number): string {
  const { times, rows, weights, fifth, third } = DORMAND_PRINCE_8;
  /** Σ_j coefficients[j] k_j for component i, zeros left out. */
  const combination = (coefficients: readonly number[], i: Component): string =>
    coefficients.flatMap((value, j) => (value === 0 ? [] : [`${value} * ${slope(j, i)}`])).join(' + ');
  const stage = (s: number): string => `
${each((i) => `stage[${i}] = ${state(i)} + h * (${combination(rows[s]!, i)});`)}
derivative(t + ${times[s]!} * h, stage, stageSlope);
${each((i) => take(s, i, 'stageSlope'))}`;
  return `const { stage, stageSlope, slope, next, slopes } = buffers;
const [${times.map((_, s) => `kept${s}`).join(', ')}] = slopes;
return (t, y, h) => {
${each((i) => `const y_${i} = y[${i}];\n${take(0, i, 'slope')}`)}
${times.map((_, s) => (s === 0 ? '' : stage(s))).join('')}
let fifth = 0, third = 0;
${each(
  (i) => `const n_${i} = next[${i}] = ${state(i)} + h * (${combination(weights, i)});
const s_${i} = 1 / (absolute[${i}] + relative[${i}] * Math.max(Math.abs(${state(i)}), Math.abs(n_${i})));
const e_${i} = (${combination(fifth, i)}) * s_${i};
const d_${i} = (${combination(third, i)}) * s_${i};
fifth += e_${i} * e_${i};
third += d_${i} * d_${i};`,
)}
return fifth === 0 && third === 0 ? 0 : (h * fifth) / Math.sqrt(${n} * (fifth + 0.01 * third));
};`;
}

// Beyond this straight-line code gets long, and loops are as good.
const MOST_STRAIGHT = 16;

/** By the number of equations; those of loops by its negative. */
const compiled = new Map<number, Bind>();

/**
 * The attempt of a step of order 8, as code that is written out from the tableau and compiled once for each number of equations: with
 * slopes in variables instead of arrays a step of three equations takes a third of the time.
 *
 * Nothing but the numbers of the tableau goes into the code.
 *
 * @param isStraight whether the code is a straight line, for a few equations, or loops over them
 */
export function writtenAttempt(
  { derivative }: OdeProblem,
  { absolute, relative }: Tolerances,
  buffers: StepBuffers,
  isStraight = buffers.next.length <= MOST_STRAIGHT,
): Attempt {
  const n = buffers.next.length;
  const key = isStraight ? n : -n;
  let bind = compiled.get(key);
  if (!bind) {
    const code = codeOf(isStraight ? straightLine(n) : loops(n), n);
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the code is made here, of numbers written here
    bind = new Function('derivative', 'absolute', 'relative', 'buffers', code) as Bind;
    compiled.set(key, bind);
  }
  return bind(derivative, Float64Array.from(absolute), Float64Array.from(relative), buffers);
}
