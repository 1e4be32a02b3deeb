import { rangeError } from '../../foundation/checks.js';
import { equalRatios } from '../../numerics/equally-spaced.js';
import { approach, findRoot } from './approach.js';
import { invertibleLimit } from './invertible-limit.js';
import { interpolationThreshold } from './interpolation-threshold.js';
import { failedPoint } from './known-points.js';
import { saddleEquations } from './saddle-equations.js';
import type { SaddlePoint } from './saddle-types.js';
import type { SaddleTask } from './saddle-problem.js';
import { searchSaddle, type SaddleSearch } from './saddle-search.js';
import { pointOf, solveSaddle } from './solve-saddle.js';

const ROUNDS = 12;
const SMALL_DECAYS = [1e-3, 1e-6, 1e-9];
const FEW_DECAYS = [1e-3, 1e-5, 1e-7];
// V that grows by less from one of these to the next stays finite; V that grows by more does not.
const SETTLED = 2;
const DIVERGING = 10;
// The threshold no longer changes with S.
const LARGEST_NOISE = 1e30;
const LEAST_DISTANCE = 1e-15; // from the threshold, relative
const RETREAT = 10;

/**
 * The limit ζ → 0, approached by way of small decays, for which the iteration converges: from there Newton's method finds the
 * point, V infinite or not.
 *
 * @param start unknowns of `saddleEquations`
 * @param warm steps of the fixed-point iteration before Newton's method
 * @throws RangeError where V is infinite and the averages are known at finite V only
 */
export function pointWithoutDecay(task: SaddleTask, start: Float64Array, warm: number): SaddlePoint {
  const { channel, load } = task;
  if (channel.exponent === undefined) return invertibleLimit(task) ?? finitePoint(task, start, warm);
  let found = searchLimit(task, start, warm);
  if (!found.converged) found = approachThreshold(task, start, warm) ?? found;
  return pointOf(task, saddleEquations(channel, load, 0, true), found);
}

/** A search for the limit by way of small decays. */
function searchLimit(task: SaddleTask, start: Float64Array, warm: number): SaddleSearch {
  const { channel, load } = task;
  const equations = saddleEquations(channel, load, 0, true);
  let last: SaddleSearch = { converged: false, unknowns: start, residual: Infinity, iterations: 0 };
  let from = start;
  for (const small of SMALL_DECAYS) {
    const decay = load * small;
    const decaying = findRoot(task, decay, from, warm);
    const iterations = last.iterations + decaying.iterations;
    last = { ...last, iterations };
    if (!decaying.converged) continue;
    from = decaying.unknowns;
    const found = searchSaddle(equations, limitUnknowns(from, decay, channel.exponent!), 0, 1);
    last = { ...found, iterations: iterations + found.iterations };
    if (last.converged) return last;
  }
  return last;
}

/** The limit at a load next to the threshold, followed from loads further away on the same side. */
function approachThreshold(task: SaddleTask, start: Float64Array, warm: number): SaddleSearch | undefined {
  const { channel, load, activation, teacherActivation, noiseVariance, teacherLength } = task;
  const noise = Math.min(noiseVariance / teacherLength ** 2, LARGEST_NOISE);
  const threshold = interpolationThreshold(activation, noise, teacherActivation);
  const side = load < threshold ? -1 : 1;
  const distance = Math.max(Math.abs(load - threshold), LEAST_DISTANCE * threshold);
  const near = Math.log(distance);
  return approach(
    (logarithm, from) => {
      const at = logarithm === near ? load : threshold + side * Math.exp(logarithm);
      if (from === undefined) return searchLimit({ ...task, load: at }, start, warm);
      return searchSaddle(saddleEquations(channel, at, 0, true), from, 0, 1);
    },
    near,
    equalRatios(RETREAT * distance, RETREAT, threshold / 2).map(Math.log),
    true,
  );
}

/** The unknowns of the limit that those at a small decay λ are closest to: y is ν less what it would be for ν = 0. */
function limitUnknowns(unknowns: Float64Array, decay: number, exponent: number): Float64Array {
  const limit = unknowns.slice();
  const logarithm = unknowns[2]!;
  limit[2] = Math.min(decay * Math.exp(logarithm), 1) - Math.log1p(Math.exp(-exponent * logarithm));
  return limit;
}

/**
 * The point with V finite. VV̂ = α(1 − E[∂h/∂ω]) is 1 there, and since a Moreau step never falls with ω, jumps included, it
 * takes α > 1. Below the threshold there may be no limit at all: a student that saturates grows without bound to come near
 * labels beyond its range.
 */
function finitePoint(task: SaddleTask, start: Float64Array, warm: number): SaddlePoint {
  const { activation, channel, load } = task;
  const refusal = (found: string): RangeError =>
    rangeError('gammaDecay', `> 0 for ${activation.name} at load ${load}, where ${found}`, 0);
  if (load <= 1) throw refusal('without decay V is infinite');
  let from = start;
  let before = NaN;
  let steps = warm;
  let decay = NaN;
  for (const small of FEW_DECAYS) {
    const decaying = searchSaddle(saddleEquations(channel, load, load * small, false), from, steps, ROUNDS);
    if (!decaying.converged) return failedPoint(load, decaying);
    from = decaying.unknowns;
    const v = Math.exp(from[2]!);
    if (v < SETTLED * before) return solveSaddle(task, from, 0);
    decay = small;
    if (v > DIVERGING * before) break;
    before = v;
    steps = 0;
  }
  throw refusal(`V grows to ${Math.exp(from[2]!).toPrecision(3)} at a decay of ${decay.toExponential(0)}`);
}
