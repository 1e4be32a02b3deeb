import type { BatchFields, BatchStep } from '../dynamics/batch-step.js';
import { writeNormalized } from '../dynamics/batch-normalized-step.js';
import { studentPlaces, type SimulatedRule } from '../dynamics/student.js';
import type { ActivationPair } from '../gaussian/activation.js';
import type { BatchStatistics } from '../gaussian/batch/statistics.js';
import { runningEstimate, type Estimate } from '../numerics/statistics.js';

/** A step that also adds up the losses of its minibatches before each update. */
export interface MeasuredStep {
  readonly step: BatchStep;
  /** Mean of ⟨(t − ŷ)²⟩ over the minibatches since the last restart, with its standard error were they independent. */
  estimate(): Estimate;
  restart(): void;
}

/**
 * Measures the loss of every minibatch beside its step.
 *
 * @param statistics those of the minibatch that the rule normalizes by, if it does
 */
export function measuredStep(
  rule: SimulatedRule,
  { student, teacher }: ActivationPair,
  statistics: BatchStatistics | undefined,
): MeasuredStep {
  const step = rule.batchStep;
  const { batchSize, noiseVariance } = step;
  const places = studentPlaces(rule);
  const ownField = new Float64Array(batchSize);
  let losses = runningEstimate();

  function measure(gamma: number, length: number, fields: BatchFields): void {
    // The pre-activation is Lv, or γ times the field normalized by its minibatch.
    const normalized = statistics !== undefined;
    if (normalized) writeNormalized(fields.student, ownField, statistics);
    const field = normalized ? ownField : fields.student;
    const scale = normalized ? gamma : length;
    let loss = 0;
    for (let i = 0; i < batchSize; i++) {
      const label = teacher.value(fields.teacher[i]!) + fields.noise[i]!;
      loss += (label - student.value(scale * field[i]!)) ** 2;
    }
    losses.add(loss / batchSize);
  }

  return {
    step: {
      batchSize,
      noiseVariance,
      compute(time, state, fields, out) {
        measure(places.scale < 0 ? 1 : state[places.scale]!, state[places.length]!, fields);
        step.compute(time, state, fields, out);
      },
    },
    estimate: () => losses.estimate(),
    restart() {
      losses = runningEstimate();
    },
  };
}
