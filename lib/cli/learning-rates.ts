import { runLearningRates } from '../config/run-config.js';
import { learningRatesSchema, parseConfig } from '../config/schema.js';
import type { LearningRates, RestingState } from '../stability/learning-rates.js';
import { execute, type Executed } from './execute.js';
import { mergedConfig, type Flags } from './options.js';

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

/** `order-parameters learning-rates` */
export async function learningRatesCommand(flags: Flags): Promise<void> {
  const given = parseConfig(learningRatesSchema, await mergedConfig(flags));
  const work = async (_signal: AbortSignal, onProgress: (fraction: number) => void): Promise<Executed> => {
    const { config, result } = await runLearningRates(given, { onProgress });
    const entries =
      result === undefined ? { outcome: 'no-fixed-point', fixedPoint: null } : entriesOf(result);
    const found = result?.stationaryPoint !== undefined;
    return {
      result: { kind: 'learning-rates', config, entries, table: undefined },
      outcome: found ? 'done' : 'failed',
    };
  };
  await execute('learning-rates', flags, work, false);
}
