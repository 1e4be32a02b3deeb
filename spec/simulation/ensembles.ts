import type { SimulatedRule } from '../../lib/dynamics/student.js';
import type { RandomStream } from '../../lib/random/random-stream.js';
import { stepCoefficients } from '../../lib/dynamics/batch-step.js';
import { fillNormal, nextNormal } from '../../lib/random/normal-deviates.js';
import { randomStream } from '../../lib/random/random-stream.js';
import { dimensionFreeStudent } from '../../lib/simulation/dimension-free-engine.js';
import { explicitStudent } from '../../lib/simulation/explicit-engine.js';
import { byName, stateFrom, type NamedState, type NamedStudent } from '../support/students.js';
import { difference, severity } from '../support/two-sample.js';

/** What both engines are to simulate. */
export interface Experiment {
  readonly name: string;
  readonly rule: SimulatedRule;
  readonly dimension: number;
  readonly initial: NamedState;
  /** Numbers of steps after which to measure. */
  readonly checkpoints: readonly number[];
}

export type Engine = (
  rule: SimulatedRule,
  dimension: number,
  initial: NamedState,
  stream: RandomStream,
) => NamedStudent;

export const explicit: Engine = byName(explicitStudent);

export const dimensionFree: Engine = byName(dimensionFreeStudent);

/**
 * The chain once more, by w·w* and ‖w‖ as in textbooks. Each of the directions outside the plane of w and w* is drawn by
 * itself, and there may be a wrong number of them.
 */
export const plain =
  (directions: (dimension: number) => number): Engine =>
  (rule, dimension, initial, stream) => {
    const { batchSize, noiseVariance, compute } = rule.batchStep;
    let { gamma, length } = initial;
    let overlap = 1 - initial.misalignment;
    const out = stepCoefficients(batchSize);
    const normals = (): Float64Array => {
      const values = new Float64Array(batchSize);
      fillNormal(stream, values);
      return values;
    };
    return {
      step(time) {
        const [teacher, across, noise] = [normals(), normals(), normals()];
        const sine = Math.sqrt(1 - overlap ** 2);
        const student = teacher.map((u, i) => overlap * u + sine * across[i]);
        out.scaleChange = out.onStudent = 0;
        compute(
          time,
          stateFrom(rule, { gamma, misalignment: NaN, length }),
          { teacher, student, noise: noise.map((z) => Math.sqrt(noiseVariance) * z) },
          out,
        );
        const sum = (values: Float64Array): number =>
          out.onInputs.reduce((total, c, i) => total + c * values[i], 0) / dimension;
        const onTeacher = length * overlap + sum(teacher) + (out.onStudent * overlap) / dimension;
        const onStudent = length + sum(student) + out.onStudent / dimension;
        // Fields of the direction in the plane that is orthogonal to w.
        const y = teacher.map((u, i) => (u - overlap * student[i]) / sine);
        let outside = 0;
        for (let k = 0; k < directions(dimension); k++) outside += nextNormal(stream) ** 2;
        const power = out.onInputs.reduce((total, c) => total + c * c, 0) / dimension ** 2;
        length = Math.sqrt(onStudent ** 2 + sum(y) ** 2 + power * outside);
        overlap = onTeacher / length;
        gamma += out.scaleChange / dimension;
      },
      state: () => ({ gamma, misalignment: 1 - overlap, length }),
    };
  };

/** The rule with its labels free of noise. */
export const withoutNoise = (rule: SimulatedRule): SimulatedRule => ({
  ...rule,
  batchStep: { ...rule.batchStep, noiseVariance: 0 },
});

/** The rule with every δ doubled, and with it all that a step changes. */
export const doubled = (rule: SimulatedRule): SimulatedRule => ({
  ...rule,
  batchStep: {
    ...rule.batchStep,
    compute(time, state, fields, out) {
      rule.batchStep.compute(time, state, fields, out);
      out.onInputs.forEach((c, i) => (out.onInputs[i] = 2 * c));
      out.onStudent *= 2;
      out.scaleChange *= 2;
    },
  },
});

// A unit that is off leaves w alone: values that many runs share, to rounding, which differs between the engines.
const withoutRounding = (value: number): number => Math.round(value * 1e12) / 1e12;

/** γ, 1 − R and L of many runs: one list of values for each order parameter that moves, at each checkpoint. */
export function ensemble(
  { rule, dimension, initial, checkpoints }: Experiment,
  engine: Engine,
  runs: number,
  seed: number,
): number[][] {
  const states = Array.from({ length: runs }, (_, run) => {
    const student = engine(rule, dimension, initial, randomStream(seed, run));
    let step = 0;
    return checkpoints.flatMap((checkpoint) => {
      for (; step < checkpoint; step++) student.step(step / dimension);
      const { gamma, misalignment, length } = student.state();
      return [misalignment, length, gamma].map(withoutRounding);
    });
  });
  const series = states[0].map((_, index) => states.map((state) => state[index]));
  // SGD has no γ of its own.
  return series.filter((values) => values.some((value) => value !== values[0]));
}

/** The worst of the differences between two ensembles in units of what equal laws allow, and how many they are. */
export function disagreement(a: number[][], b: number[][]): { severity: number; comparisons: number } {
  const severities = a.map((values, index) => severity(difference(values, b[index])));
  return { severity: Math.max(...severities), comparisons: 3 * severities.length };
}
