import { argumentError } from '../foundation/checks.js';
import { setsItsDecay } from './generalization-entries.js';
import type { GeneralizationConfig, SimulateConfig } from './schema.js';

/** What a run is expected to take: an order of magnitude, from rates seen on one core of a server of 2020. */
export interface Cost {
  readonly seconds: number;
  readonly bytes: number;
}

const MOST_SECONDS = 30 * 86_400;
const MOST_BYTES = 2e9;

// Seconds of a step for each input drawn, or for each sample whose fields are drawn instead.
const DRAWN_INPUT = 1e-8;
const DRAWN_FIELD = 2e-7;
// Seconds for each multiplication in products with training sets and in factorizations.
const PRODUCT = 1e-9;
// Products with the training set that a minimization takes, and bytes of a state that is kept.
const MINIMIZATION_PRODUCTS = 500;
const KEPT_STATE = 80;
const BIDIAGONAL_BYTES = 48;

/** The cost of what is never long. */
export const nothing: Cost = { seconds: 0, bytes: 0 };

/** What a Monte Carlo experiment is expected to take. */
export function simulationCost(config: SimulateConfig): Cost {
  const { dimension, batchSize = 1, runs, until, points = 101, times, engine, load = 0 } = config;
  const last = until ?? times?.at(-1) ?? 0;
  const explicit = engine === 'explicit';
  const step = explicit ? DRAWN_INPUT * dimension * batchSize : DRAWN_FIELD * (1 + batchSize);
  const student = explicit ? dimension * (1 + batchSize + load * dimension) : 0;
  return {
    seconds: runs * last * dimension * step,
    bytes: 8 * student + KEPT_STATE * runs * (times?.length ?? points),
  };
}

/** What training students beside a learning curve is expected to take. */
export function studentsCost(config: GeneralizationConfig): Cost {
  const { dimension, engine, runs, alpha, gammaDecay = [0], rule, activation, batchSize = 1, until } = config;
  if (dimension === undefined || config.optimum || config.flowTimes !== undefined) return nothing;
  const costOf = (load: number): Cost => {
    const samples = load * dimension;
    if (engine === 'dimension-free') {
      const entries = Math.min(samples, dimension);
      return { seconds: runs * DRAWN_FIELD * entries, bytes: BIDIAGONAL_BYTES * entries };
    }
    const products = setsItsDecay(rule)
      ? until * dimension * batchSize
      : activation === 'identity'
        ? samples * Math.min(samples, dimension)
        : MINIMIZATION_PRODUCTS * samples * (config.randomStarts + (config.teacherStart ? 1 : 0));
    const drawn = DRAWN_INPUT * samples * dimension;
    return { seconds: runs * (drawn + PRODUCT * products * dimension), bytes: 8 * samples * dimension };
  };
  const costs = alpha.map(costOf);
  return {
    seconds: gammaDecay.length * costs.reduce((sum, { seconds }) => sum + seconds, 0),
    bytes: Math.max(...costs.map(({ bytes }) => bytes)),
  };
}

function duration(seconds: number): string {
  const [unit, name] =
    [[31_557_600, 'years'] as const, [86_400, 'days'] as const, [3600, 'hours'] as const].find(
      ([length]) => seconds >= length,
    ) ?? ([1, 'seconds'] as const);
  return `${Number((seconds / unit).toPrecision(2))} ${name}`;
}

/**
 * Refuses what would take longer than a month of one core, or more memory than 2 GB.
 *
 * @param cores cores that share the work
 * @throws RangeError, one line, with the estimate
 */
export function requireAffordable({ seconds, bytes }: Cost, cores: number): void {
  if (seconds / cores <= MOST_SECONDS && bytes <= MOST_BYTES) return;
  const estimate = `about ${duration(seconds / cores)} and ${Number((bytes / 1e9).toPrecision(2))} GB`;
  throw argumentError(
    `this would take ${estimate}; more than 30 days or 2 GB are refused, unless \`force\` is given`,
  );
}
