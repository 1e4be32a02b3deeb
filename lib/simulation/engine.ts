import { oneOf } from '../foundation/checks.js';

/**
 * How students are simulated. `explicit` is brute force: N weights and M inputs of dimension N at every step.
 * `dimension-free` draws fields instead of inputs and gives the same law at a cost that does not depend on N.
 */
export type Engine = (typeof engineNames)[number];

/** The names of all engines, the default first. */
export const engineNames = ['explicit', 'dimension-free'] as const;

/** One of the engines there are. */
export const requireEngine = oneOf<Engine>(engineNames);

/** One student in training, as an engine makes it. */
export interface TrainedStudent {
  /** Makes one optimizer step at time t = steps/N. */
  readonly step: (time: number) => void;
  /** Its order parameters, laid out as the rule's, 1 − R without cancellation. */
  state(): Float64Array;
}
