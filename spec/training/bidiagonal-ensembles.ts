import { nextChiSquare } from '../../lib/random/gamma-deviates.js';
import { fillNormal, nextNormal } from '../../lib/random/normal-deviates.js';
import { randomStream, type RandomStream } from '../../lib/random/random-stream.js';
import { identity } from '../../lib/gaussian/activations/identity.js';
import { trainStudents, type StudentQuantity } from '../../lib/training/train-students.js';
import type { BidiagonalSet } from '../../lib/training/bidiagonal-inputs.js';
import { bidiagonalFigures } from '../../lib/training/bidiagonal-student.js';
import { ridge } from '../../lib/training/ridge.js';
import { disagreement } from '../simulation/ensembles.js';

/** Linear students of P samples. */
export interface LinearTask {
  readonly sampleCount: number;
  readonly dimension: number;
  readonly gammaDecay: number;
  readonly noiseVariance: number;
}

const measured: readonly StudentQuantity[] = [
  'generalizationError',
  'gamma',
  'overlap',
  'trainingError',
  'fieldDeviation',
];

/** Every quantity run by run, by one of the engines. */
export function students(
  { sampleCount, dimension, gammaDecay, noiseVariance }: LinearTask,
  engine: 'explicit' | 'bidiagonal',
  runs: number,
  seed: number,
): number[][] {
  const load = sampleCount / dimension;
  const rule = 'weight-normalization';
  const common = { rule, activation: identity, load, dimension, gammaDecay, noiseVariance } as const;
  const { values } = trainStudents({ ...common, runs, seed, engine });
  return measured.map((name) => values[name].slice());
}

// Where a quantity is 0 or 1 in every run, the engines differ by rounding.
const withoutRounding = (value: number): number => Math.round(value * 1e9) / 1e9;

/** `disagreement` over those quantities that are not the same number in all runs of both. */
export function disagreementOf(
  a: readonly number[][],
  b: readonly number[][],
): { severity: number; comparisons: number } {
  const pairs = b
    .map((values, index) => [a[index], values].map((series) => series.map(withoutRounding)))
    .filter((pair) => pair.some((series) => series.some((value) => value !== pair[0][0])));
  return disagreement(
    pairs.map(([first]) => first),
    pairs.map(([, second]) => second),
  );
}

/** What may be wrong with a bidiagonal matrix: degrees of freedom too many, on the diagonal and beside it. */
export interface Shifts {
  readonly diagonal: number;
  readonly superdiagonal: number;
}

/** Bidiagonal sets once more, entry by entry from their law, with shifted degrees of freedom. */
function shiftedSet(
  { sampleCount, dimension, noiseVariance }: LinearTask,
  { diagonal, superdiagonal }: Shifts,
  stream: RandomStream,
): BidiagonalSet {
  const size = Math.min(sampleCount, dimension);
  const chi = (degrees: number): number => (degrees <= 0 ? 0 : Math.sqrt(nextChiSquare(stream, degrees)));
  const entries = (value: (i: number) => number): Float64Array =>
    Float64Array.from({ length: size }, (_, i) => value(i));
  const mean = nextNormal(stream) ** 2;
  return {
    sampleCount,
    dimension,
    diagonal: entries((i) => chi(Math.max(1, sampleCount - i + diagonal))),
    superdiagonal: entries((i) => (i + 1 === dimension ? 0 : chi(dimension - 1 - i + superdiagonal))),
    noise: entries(() => Math.sqrt(noiseVariance) * nextNormal(stream)),
    unreachedNoise: noiseVariance * chi(sampleCount - size) ** 2,
    meanShare: mean / (mean + chi(sampleCount - 1) ** 2),
  };
}

export function shiftedStudents(task: LinearTask, shifts: Shifts, runs: number, seed: number): number[][] {
  const figures = Array.from({ length: runs }, (_, run) =>
    bidiagonalFigures(shiftedSet(task, shifts, randomStream(seed, run)), task.gammaDecay),
  );
  return measured.map((name) => figures.map((figure) => figure[name]));
}

/** ε and γ of ridge on bidiagonal sets whose teacher is another direction than the first. */
export function misalignedStudents(task: LinearTask, runs: number, seed: number): number[][] {
  const { sampleCount, dimension, gammaDecay, noiseVariance } = task;
  const direction = 1;
  const figures = Array.from({ length: runs }, (_, run) => {
    const stream = randomStream(seed, run);
    const { diagonal, superdiagonal } = shiftedSet(task, { diagonal: 0, superdiagonal: 0 }, stream);
    const inputs = new Float64Array(sampleCount * dimension);
    diagonal.forEach((x, i) => {
      inputs[i * dimension + i] = x;
      if (i + 1 < dimension) inputs[i * dimension + i + 1] = superdiagonal[i];
    });
    const noise = new Float64Array(sampleCount);
    fillNormal(stream, noise);
    const teacher = noise.map((_, i) => inputs[i * dimension + direction]);
    const labels = teacher.map((u, i) => u + Math.sqrt(noiseVariance) * noise[i]);
    const weights = ridge({ sampleCount, dimension, inputs, teacher, noise }, labels, gammaDecay);
    const square = weights.reduce((sum, w) => sum + w * w, 0);
    return [1 - 2 * weights[direction] + square, Math.sqrt(square)];
  });
  return [0, 1].map((index) => figures.map((figure) => figure[index]));
}
