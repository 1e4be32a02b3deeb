import { equalRatios } from '../../numerics/equally-spaced.js';
import { followRoot } from './follow-root.js';
import { saddleEquations } from './saddle-equations.js';
import type { SaddleTask } from './saddle-problem.js';
import { searchSaddle, type SaddleSearch } from './saddle-search.js';

/** A search at one value of a parameter, from unknowns of `saddleEquations` or from where it will. */
export type SearchAt = (parameter: number, start: Float64Array | undefined) => SaddleSearch;

const MOST_RETREATS = 20;

/**
 * The root at a parameter where a search misses it, followed from a place where it does not: retreats from the parameter in steps
 * that grow, until the search finds a root, and comes back.
 *
 * @param retreats the parameters to retreat to, one after the other
 * @param signed whether the third unknown is followed by its logarithm, its sign kept
 */
export function approach(
  search: SearchAt,
  parameter: number,
  retreats: readonly number[],
  signed: boolean,
): SaddleSearch | undefined {
  let iterations = 0;
  let result: SaddleSearch | undefined;
  const solve = (at: number, start: Float64Array | undefined): SaddleSearch | undefined => {
    const found = search(at, start);
    iterations += found.iterations;
    result = { ...found, iterations };
    return found.converged ? found : undefined;
  };
  for (const at of retreats.slice(0, MOST_RETREATS)) {
    const found = solve(at, undefined);
    if (found === undefined) continue;
    const side = Math.sign(found.unknowns[2]!);
    const origin = found.unknowns[3]!;
    /** μ as a multiple of σ, so that a small gap is followed over decades. */
    const followed = ({ unknowns }: SaddleSearch): Float64Array =>
      Float64Array.of(
        (unknowns[0]! + (unknowns[3]! - origin)) / Math.exp(unknowns[1]!),
        unknowns[1]!,
        signed ? Math.log(Math.abs(unknowns[2]!)) : unknowns[2]!,
      );
    const start = ([ratio, logarithm, third]: Float64Array): Float64Array =>
      Float64Array.of(
        ratio! * Math.exp(logarithm!),
        logarithm!,
        signed ? side * Math.exp(third!) : third!,
        origin,
      );
    const end = followRoot(
      (where, from) => {
        const next = solve(where, start(from));
        return next && followed(next);
      },
      at,
      followed(found),
      parameter,
    );
    return end && result;
  }
  return undefined;
}

const LARGEST_DECAY = 1e3; // where a student is short and any search finds it
const FEW_ROUNDS = 4;
const MOST_ROUNDS = 12;
const WARM = 20;
const NEAREST_LOAD = 0.02;
const FARTHEST_LOAD = 10;

/**
 * The root at a decay λ > 0: from a start, and where the averages cost little and the search misses it from larger decays, from
 * larger and from smaller loads.
 *
 * @param warm steps of the fixed-point iteration before Newton's method
 */
export function findRoot(
  { channel, load }: SaddleTask,
  decay: number,
  start: Float64Array,
  warm: number,
): SaddleSearch {
  const search = (rounds: number): SaddleSearch =>
    searchSaddle(saddleEquations(channel, load, decay, false), start, warm, rounds);
  if (channel.exponent === undefined) return search(MOST_ROUNDS);
  const first = search(FEW_ROUNDS);
  if (first.converged) return first;
  const searchAt = (at: number, strength: number, from: Float64Array | undefined): SaddleSearch => {
    const equations = saddleEquations(channel, at, strength, false);
    return from === undefined
      ? searchSaddle(equations, start, WARM, FEW_ROUNDS)
      : searchSaddle(equations, from, 0, 1);
  };
  const fromDecay = (): SaddleSearch | undefined =>
    approach(
      (logarithm, from) => searchAt(load, Math.exp(logarithm), from),
      Math.log(decay),
      equalRatios(10 * decay, 10, LARGEST_DECAY * (1 + load)).map(Math.log),
      false,
    );
  const fromLoad = (side: number): SaddleSearch | undefined =>
    approach(
      (logarithm, from) => searchAt(Math.exp(logarithm), Math.exp(logarithm) * (decay / load), from),
      Math.log(load),
      equalRatios(NEAREST_LOAD, 2, FARTHEST_LOAD).map((distance) => Math.log(load) + side * distance),
      false,
    );
  return fromDecay() ?? fromLoad(1) ?? fromLoad(-1) ?? search(MOST_ROUNDS);
}
