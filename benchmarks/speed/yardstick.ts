import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Solver } from 'odex';

/**
 * The problem that trajectories are timed on, weight normalization with gamma decay of a ReLU unit to t = 1000, and the
 * yardstick: raw odex on its equations written here in plain arithmetic. None of it is code of the package, so that no change
 * of the package changes the yardstick.
 */
export const problem = { learningRate: 0.5, gammaDecay: 0.2, noiseVariance: 0.05 } as const;
export const initial = { gamma: 0.5, overlap: 0.1, length: 0.8 } as const;
export const END = 1000;
export const TOLERANCE = 1e-8;

type RightHandSide = (time: number, state: ArrayLike<number>, out: Float64Array) => void;

/** d(γ, 1 − R, L)/dt of weight normalization with ReLU and M = 1, for γ > 0 (docs/theory). */
export const plainEquations: RightHandSide = (_time, state, out) => {
  const [gamma, misalignment, length] = [state[0], state[1], state[2]];
  const { learningRate, gammaDecay, noiseVariance } = problem;
  const cosine = 1 - misalignment;
  const phi = Math.acos(cosine);
  const sine = Math.sin(phi);
  const agreement = cosine + (sine - phi * cosine) / Math.PI;
  const gap = gamma - agreement;
  const squaredError = 0.5 * (gap * gap + 1 - (phi - sine * cosine) / Math.PI - agreement * agreement);
  const power = squaredError + 0.5 * noiseVariance;
  const rate = (learningRate * gamma) / (length * length);
  out[0] = learningRate * (-0.5 * gap - gammaDecay * gamma);
  out[1] = -rate * 0.5 * sine * sine * (1 - phi / Math.PI) + 0.5 * cosine * rate * rate * power;
  out[2] = 0.5 * rate * rate * length * power;
};

/** A run of raw odex, as its users would write it; gives the last state. */
export function rawOdex(derivative: RightHandSide): number[] {
  const solver = new Solver(3);
  solver.relativeTolerance = TOLERANCE;
  solver.absoluteTolerance = TOLERANCE;
  solver.maxSteps = 100_000;
  // odex reads the derivative before it calls again, so that one array serves all calls.
  const out = new Float64Array(3);
  const start = [initial.gamma, 1 - initial.overlap, initial.length];
  return solver.solve(
    (time, state) => {
      derivative(time, state, out);
      return out;
    },
    0,
    start,
    END,
  ).y;
}

/** The yardstick, a number of times over. */
export function yardstick(times: number): () => void {
  return () => {
    for (let run = 0; run < times; run++) rawOdex(plainEquations);
  };
}

function versionOfOdex(): string {
  const path = createRequire(import.meta.url).resolve('odex/package.json');
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}

const values = (object: object): string =>
  Object.entries(object)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ');

/** Start, end and tolerance of a trajectory in words, as results name them. */
export const COURSE = `from ${values(initial)}, to t = ${END}, tolerance ${TOLERANCE}`;
/** The problem. */
export const PROBLEM = `weight normalization, relu, ${values(problem)}, ${COURSE}`;
/** The method of the yardsticks. */
export const ODEX = `odex ${versionOfOdex()}`;
/** The yardstick. */
export const YARDSTICK = `${ODEX} in plain arithmetic on ${PROBLEM}`;
