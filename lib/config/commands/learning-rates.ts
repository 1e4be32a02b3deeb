import type { LearningRates, RestingState } from '../../stability/learning-rates.js';
import type { Executed } from '../result.js';
import { runLearningRates, type RunControl } from '../run-config.js';
import type { LearningRatesConfig } from '../schema.js';

function pointOf({
  orderParameters,
  oneMinusOverlap,
}: RestingState<string>): Record<string, number | undefined> {
  const { gamma, overlap, length } = orderParameters;
  return { gamma: gamma ?? length, overlap, length, oneMinusOverlap };
}

function entriesOf(found: LearningRates<string>): Record<string, unknown> {
  const { fixedPoint, stationaryPoint, maximumLearningRate, effectiveLearningRate } = found;
  return {
    outcome: stationaryPoint === undefined ? 'no-stationary-point' : 'found',
    fixedPoint: pointOf(fixedPoint),
    eigenvalues: fixedPoint.eigenvalues,
    stationaryPoint:
      stationaryPoint === undefined
        ? null
        : { ...pointOf(stationaryPoint), eigenvalues: stationaryPoint.eigenvalues },
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
  const found = result === undefined ? { outcome: 'no-fixed-point', fixedPoint: null } : entriesOf(result);
  const aborted = control.signal?.aborted === true;
  const entries = aborted ? { ...found, outcome: 'aborted' } : found;
  return {
    result: { kind: 'learning-rates', config, entries, table: undefined },
    outcome: aborted ? 'aborted' : result?.stationaryPoint === undefined ? 'failed' : 'done',
  };
}
