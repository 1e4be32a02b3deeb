import { chebyshevPoints, chebyshevWeights } from '../../numerics/chebyshev.js';
import type { ActivationPair } from '../activation.js';
import { linearCovariance } from './linear-covariance.js';
import { sampledCovariance, type BatchCovariance } from './sampled-covariance.js';
import { anglesOfTable } from './table.js';

const ENTRIES = 6;
// For units that are linear on each side of zero the entries are polynomials in γ, of degree 4 at most.
const GAMMA_POINTS = 5;
const GAMMA_WIDTH = 0.5;
const GAMMA_RANGE = 2;
const ANGLE_POINTS = 10;

/** The covariance between Chebyshev points of cells in γ and φ, filled when they are first asked for; γ ≥ 0. */
function tabulated(exact: BatchCovariance, edges: readonly number[], gammaWidth: number): BatchCovariance {
  const cells = new Map<string, Float64Array>();
  const writeAlong = chebyshevWeights(GAMMA_POINTS);
  const writeAcross = chebyshevWeights(ANGLE_POINTS);
  const along = new Float64Array(GAMMA_POINTS);
  const across = new Float64Array(ANGLE_POINTS);
  const place = (from: number, width: number, t: number): number => from + (width * (1 + t)) / 2;

  function filled(gamma: number, left: number, right: number): Float64Array {
    const samples = new Float64Array(GAMMA_POINTS * ANGLE_POINTS * ENTRIES);
    let at = 0;
    for (const x of chebyshevPoints(GAMMA_POINTS)) {
      for (const y of chebyshevPoints(ANGLE_POINTS)) {
        exact(place(gamma, gammaWidth, x), place(left, right - left, y), samples.subarray(at, at + ENTRIES));
        at += ENTRIES;
      }
    }
    return samples;
  }

  return (gamma, phi, out) => {
    const first = gammaWidth === GAMMA_RANGE ? 0 : Math.floor(gamma / gammaWidth) * gammaWidth;
    const cell = Math.max(
      1,
      edges.findIndex((edge) => edge >= phi),
    );
    const [left, right] = [edges[cell - 1]!, edges[cell]!];
    const key = `${first} ${left}`;
    const samples = cells.get(key) ?? filled(first, left, right);
    cells.set(key, samples);
    writeAlong((2 * (gamma - first)) / gammaWidth - 1, along);
    writeAcross((2 * (phi - left)) / (right - left) - 1, across);
    out.fill(0);
    let at = 0;
    for (let i = 0; i < GAMMA_POINTS; i++)
      for (let j = 0; j < ANGLE_POINTS; j++)
        for (let k = 0; k < ENTRIES; k++, at++) out[k] = out[k]! + along[i]! * across[j]! * samples[at]!;
  };
}

/** The same for γ of any sign: a negative one is the field −v with −γ, for which the first number has the other sign. */
function reflected(write: BatchCovariance): BatchCovariance {
  return (gamma, phi, out) => {
    write(Math.abs(gamma), gamma < 0 ? Math.PI - phi : phi, out);
    if (gamma < 0) for (const i of [1, 2]) out[i] = -out[i]!;
  };
}

const tables = new WeakMap<ActivationPair, Map<string, BatchCovariance>>();

/**
 * The covariance over minibatches of what a step shows, for normalization by both statistics or by the mean: in closed form for a linear unit
 * with a teacher of its kind and both, otherwise by `sampledCovariance`, tabulated; kept, so that a sweep fills a table once.
 *
 * @param batchSize M ≥ 6 for both, below which E[1/s⁴] is infinite, ≥ 2 for the mean
 */
export function batchCovariance(
  pair: ActivationPair,
  batchSize: number,
  noiseVariance: number,
  statistics: 'both' | 'mean',
): BatchCovariance {
  const { student, teacher } = pair;
  const { slopes } = student;
  if (statistics === 'both' && teacher === student && slopes !== undefined && slopes[0] === slopes[1])
    return linearCovariance(slopes[0], batchSize, noiseVariance);
  const known = tables.get(pair) ?? new Map<string, BatchCovariance>();
  tables.set(pair, known);
  const key = `${statistics} ${batchSize} ${noiseVariance}`;
  const made = known.get(key);
  if (made) return made;
  const sampled = sampledCovariance(student, batchSize, noiseVariance, statistics, teacher);
  const width = slopes === undefined ? GAMMA_WIDTH : GAMMA_RANGE;
  const table = reflected(tabulated(sampled, anglesOfTable(batchSize), width));
  known.set(key, table);
  return table;
}
