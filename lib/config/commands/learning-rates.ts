import type { LearningRates, RestingState } from '../../stability/learning-rates.js';
import type { Executed } from '../result.js';
import { runLearningRates } from '../run-config.js';
import type { RunControl } from '../../foundation/turns.js';
import type { LearningRatesConfig } from '../schema.js';

function pointOf({
  orderParameters,
  misalignment,
}: RestingState<string>): Record<string, number | undefined> {
  const { gamma, overlap, length } = orderParameters;
  return { gamma: gamma ?? length, overlap, length, misalignment };
}

function entriesOf(found: LearningRates<string>): Record<string, unknown> {
  const { outcome, message, fixedPoint, stationaryPoint, maximumLearningRate, effectiveLearningRate } = found;
  if (!fixedPoint) return { outcome, message, fixedPoint: null };
  return {
    outcome,
    message,
    fixedPoint: pointOf(fixedPoint),
    eigenvalues: fixedPoint.eigenvalues,
    stationaryPoint: stationaryPoint
      ? { ...pointOf(stationaryPoint), eigenvalues: stationaryPoint.eigenvalues }
      : null,
    maximumLearningRate,
    effectiveLearningRate,
  };
}

/** What `learning-rates` prints. */
export async function executeLearningRates(
  given: LearningRatesConfig,
  control: RunControl,
): Promise<Executed> {
  const { config, result } = await runLearningRates(given, control);
  const { outcome } = result;
  return {
    result: { kind: 'learning-rates', config, entries: entriesOf(result), table: undefined },
    outcome: outcome === 'aborted' ? 'aborted' : outcome === 'found' ? 'done' : 'failed',
  };
}
