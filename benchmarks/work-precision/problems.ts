import { readFileSync } from 'node:fs';
import { batchNormalization, erf, identity, relu, sgd, weightNormalization } from '../../lib/index.js';
import type { OdeProblem } from '../../lib/index.js';
import { atolFactor, MOON, VAN_DER_POL, type Problem } from './peer-problems.js';

const FOLDER = 'benchmarks/work-precision';

/** A problem of the diagrams, ready for a solver of JavaScript, with the state at its end. */
export interface BenchmarkProblem {
  readonly description: Problem & { readonly label: string };
  readonly ode: OdeProblem;
  /** Absolute tolerance over relative tolerance. */
  readonly atolFactor: number;
  /** The state at `until`, from references.json. */
  readonly reference: readonly number[];
  /** Whether an explicit method needs millions of steps. */
  readonly isStiff: boolean;
}

const activations = { identity, relu, erf };

function learningProblem({ learning, until }: Problem): OdeProblem {
  const { rule, activation, initial, ...parameters } = learning!;
  const common = { ...parameters, activation: activations[activation as keyof typeof activations] };
  if (rule === 'sgd') {
    const system = sgd(common);
    return { derivative: system.derivative, initial: system.layout.state(initial), from: 0, until };
  }
  const system = rule === 'batch-normalization' ? batchNormalization(common) : weightNormalization(common);
  const start = system.layout.state({ gamma: NaN, ...initial });
  return { derivative: system.derivative, initial: start, from: 0, until };
}

const systems: Record<string, OdeProblem['derivative']> = {
  'lotka-volterra': (_t, y, out) => {
    out[0] = y[0] * (y[1] - 2);
    out[1] = y[1] * (1 - y[0]);
  },
  arenstorf: (_t, y, out) => {
    const [x, z] = [y[0], y[1]];
    const toEarth = (x + MOON) ** 2 + z * z;
    const toMoon = (x - 1 + MOON) ** 2 + z * z;
    const earth = (1 - MOON) / (toEarth * Math.sqrt(toEarth));
    const moon = MOON / (toMoon * Math.sqrt(toMoon));
    out[0] = y[2]!;
    out[1] = y[3]!;
    out[2] = x + 2 * y[3] - earth * (x + MOON) - moon * (x - 1 + MOON);
    out[3] = z - 2 * y[2] - earth * z - moon * z;
  },
  'van-der-pol': (_t, y, out) => {
    out[0] = y[1]!;
    out[1] = ((1 - y[0] * y[0]) * y[1] - y[0]) / VAN_DER_POL;
  },
};

function namedProblem({ system, initial, until }: Problem): OdeProblem {
  return { derivative: systems[system!], initial: Float64Array.from(initial!), from: 0, until };
}

/**
 * All problems of problems.json with their references.
 *
 * @throws Error for a problem without a reference
 */
export function benchmarkProblems(): BenchmarkProblem[] {
  const read = (name: string): unknown => JSON.parse(readFileSync(`${FOLDER}/${name}.json`, 'utf8'));
  const { problems } = read('problems') as { problems: BenchmarkProblem['description'][] };
  const { references } = read('references') as { references: { name: string; state: string[] }[] };
  const referenceOf = (name: string): readonly number[] => {
    const entry = references.find((reference) => reference.name === name);
    if (!entry) throw new Error(`references.json has no state of ${name}`);
    return entry.state.map(Number);
  };
  return problems.map((description) => ({
    description,
    ode: description.learning ? learningProblem(description) : namedProblem(description),
    atolFactor: atolFactor(description),
    reference: referenceOf(description.name),
    isStiff: description.name === 'van-der-pol',
  }));
}

/** Error at the end on the scale of the tolerances: the largest of |y − ref|/(|ref| + atol/rtol). */
export function errorAtEnd(problem: BenchmarkProblem, state: readonly (number | null)[]): number {
  const errors = problem.reference.map(
    (reference, i) => Math.abs((state[i] ?? NaN) - reference) / (Math.abs(reference) + problem.atolFactor),
  );
  return errors.some(Number.isNaN) ? NaN : Math.max(...errors);
}
