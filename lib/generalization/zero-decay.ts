import { rangeError } from '../foundation/checks.js';
import type { Channel } from './channel.js';
import { failedPoint } from './known-points.js';
import { saddleEquations } from './saddle-equations.js';
import type { SaddlePoint } from './saddle-point.js';
import type { CompleteProblem } from './saddle-problem.js';
import { searchSaddle } from './saddle-search.js';
import { solveSaddle } from './solve-saddle.js';

const ROUNDS = 12;
const SMALL_DECAYS = [1e-3, 1e-6, 1e-9];
const FEW_DECAYS = [1e-3, 1e-5, 1e-7];
// V that grows by less from one of these to the next stays finite; V that grows by more does not.
const SETTLED = 2;
const DIVERGING = 10;

/**
 * The limit ζ → 0, approached by way of small decays, for which the iteration converges: from there Newton's method finds the
 * point, V infinite or not.
 *
 * @param start unknowns of `saddleEquations`
 * @param warm steps of the fixed-point iteration before Newton's method
 * @throws RangeError where V is infinite and the averages are known at finite V only
 */
export function pointWithoutDecay(
  problem: CompleteProblem,
  channel: Channel,
  load: number,
  start: Float64Array,
  warm: number,
): SaddlePoint {
  const { exponent } = channel;
  if (exponent === undefined) return finitePoint(problem, channel, load, start, warm);
  let last = failedPoint(load, 0, Infinity);
  let from = start;
  for (const small of SMALL_DECAYS) {
    const decay = load * small;
    const decaying = searchSaddle(saddleEquations(channel, load, decay, false), from, warm, ROUNDS);
    if (!decaying.converged) continue;
    from = decaying.unknowns;
    last = solveSaddle(problem, channel, load, limitUnknowns(from, decay, exponent), 0, true);
    if (last.outcome === 'converged') return last;
  }
  return last;
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
function finitePoint(
  problem: CompleteProblem,
  channel: Channel,
  load: number,
  start: Float64Array,
  warm: number,
): SaddlePoint {
  const refusal = (found: string): RangeError =>
    rangeError('gammaDecay', `> 0 for ${problem.activation.name} at load ${load}, where ${found}`, 0);
  if (load <= 1) throw refusal('without decay V is infinite');
  let from = start;
  let before = NaN;
  let steps = warm;
  let decay = NaN;
  for (const small of FEW_DECAYS) {
    const decaying = searchSaddle(saddleEquations(channel, load, load * small, false), from, steps, ROUNDS);
    if (!decaying.converged) return failedPoint(load, decaying.iterations, decaying.residual);
    from = decaying.unknowns;
    const v = Math.exp(from[2]!);
    if (v < SETTLED * before) return solveSaddle(problem, channel, load, from, 0, false);
    decay = small;
    if (v > DIVERGING * before) break;
    before = v;
    steps = 0;
  }
  throw refusal(`V grows to ${Math.exp(from[2]!).toPrecision(3)} at a decay of ${decay.toExponential(0)}`);
}
