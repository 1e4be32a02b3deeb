import type { OdeProblem, Tolerances } from '../problem.js';
import { FIRST_KEPT } from './dormand-prince-8-inside.js';
import type { Tableau } from './tableau.js';

/**
 * What the attempts of a step share: the state and slope of the last stage, the slope at the start, the new state, and the slopes of
 * all stages that the inside of the step needs.
 */
export interface StepBuffers {
  readonly stage: Float64Array;
  readonly stageSlope: Float64Array;
  readonly slope: Float64Array;
  readonly next: Float64Array;
  /** Those of the stages, a row each; what the inside does not need is left zero. */
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

/** Σ_j coefficients[j] k_j for component i, zeros left out. */
function combination(coefficients: readonly number[], i: number): string {
  return coefficients.flatMap((value, j) => (value === 0 ? [] : [`${value} * k${j}_${i}`])).join(' + ');
}

/** Statements for the components one by one. */
function each(n: number, statement: (i: number) => string): string {
  return Array.from({ length: n }, (_, i) => statement(i)).join('\n');
}

function stage(tableau: Tableau, s: number, n: number): string {
  return `${each(n, (i) => `stage[${i}] = y_${i} + h * (${combination(tableau.rows[s]!, i)});`)}
derivative(t + ${tableau.times[s]!} * h, stage, stageSlope);
${each(n, (i) => `const k${s}_${i} = ${s < FIRST_KEPT ? '' : `kept${s}[${i}] = `}stageSlope[${i}];`)}`;
}

function ending({ weights, fifth, third }: Tableau, n: number): string {
  return `let fifth = 0, third = 0;
${each(
  n,
  (i) => `const n_${i} = next[${i}] = y_${i} + h * (${combination(weights, i)});
const s_${i} = 1 / (absolute[${i}] + relative[${i}] * Math.max(Math.abs(y_${i}), Math.abs(n_${i})));
const e_${i} = (${combination(fifth, i)}) * s_${i};
const d_${i} = (${combination(third, i)}) * s_${i};
fifth += e_${i} * e_${i};
third += d_${i} * d_${i};`,
)}
return fifth === 0 && third === 0 ? 0 : (h * fifth) / Math.sqrt(${n} * (fifth + 0.01 * third));`;
}

const compiled = new WeakMap<Tableau, Map<number, Bind>>();

/**
 * The attempt of a step of n equations as straight-line code, written out from the tableau and compiled once for each n: with
 * slopes in variables instead of arrays a step of three equations takes a third of the time.
 *
 * Nothing but the numbers of the tableau goes into the code.
 */
function bindFor(tableau: Tableau, n: number): Bind {
  const ofTableau = compiled.get(tableau) ?? new Map<number, Bind>();
  compiled.set(tableau, ofTableau);
  const known = ofTableau.get(n);
  if (known) return known;
  const code = `const { stage, stageSlope, slope, next, slopes } = buffers;
const [${tableau.times.map((_, s) => `kept${s}`).join(', ')}] = slopes;
return (t, y, h) => {
${each(n, (i) => `const y_${i} = y[${i}], k0_${i} = kept0[${i}] = slope[${i}];`)}
${tableau.times
  .slice(1)
  .map((_, s) => stage(tableau, s + 1, n))
  .join('\n')}
${ending(tableau, n)}
};`;
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the code is made here, of numbers written here
  const bind = new Function('derivative', 'absolute', 'relative', 'buffers', code) as Bind;
  ofTableau.set(n, bind);
  return bind;
}

/** The attempt as straight-line code, for a few equations. */
export function straightLineAttempt(
  tableau: Tableau,
  { derivative }: OdeProblem,
  { absolute, relative }: Tolerances,
  buffers: StepBuffers,
): Attempt {
  const bind = bindFor(tableau, buffers.next.length);
  return bind(derivative, Float64Array.from(absolute), Float64Array.from(relative), buffers);
}
