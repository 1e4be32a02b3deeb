import { listOf, requireFinite } from '../foundation/checks.js';
import type { OrderParameterSystem } from '../dynamics/system.js';
import type { Statistics } from '../ode/method.js';
import type { Outcome, OdeSolution } from '../ode/solution.js';
import { quantityOf, type Quantity } from '../dynamics/quantity.js';

/** Times in any order. */
export const requireTimes = listOf(requireFinite, 'a list of times');

/** An event met on the way. */
export interface TrajectoryEvent<Name extends string> {
  /** Quantity, sign and level, as `overlap = 0.9`; the sign is < or > for a condition with a direction. */
  readonly name: string;
  /** t = steps/N ≥ 0 of the crossing. */
  readonly time: number;
  /** The order parameters at the crossing, by name. */
  readonly orderParameters: Readonly<Record<Name, number>>;
}

/** Order parameters of a rule as functions of time. */
export interface Trajectory<Name extends string> {
  /** The rule whose equations were solved. */
  readonly rule: OrderParameterSystem<Name>;
  /** How the run ended; all but `reached-end` leave what was computed until then. */
  readonly outcome: Outcome;
  /** The outcome in words. */
  readonly message: string;
  /** Steps and evaluations that the run took. */
  readonly statistics: Readonly<Statistics>;
  /** Name of the method that solved it. */
  readonly method: string;
  /** The asked times that were reached, or the ends of the solver's steps. */
  readonly times: readonly number[];
  /** The time at which the run ended. */
  readonly end: number;
  /** Crossings of the levels asked for, in order of time, up to the first terminal one. */
  readonly events: readonly TrajectoryEvent<Name>[];
  /** The order parameters at any time from 0 to `end`. Throws RangeError outside. */
  at(time: number): Record<Name, number>;
  /** One quantity at `times`, or at times of your own from 0 to `end`. Throws RangeError outside, TypeError for a name it does not know. */
  series(quantity: Quantity<Name>, times?: readonly number[]): number[];
}

/** Gives a solution the names of its rule. */
export function trajectoryOf<Name extends string>(
  rule: OrderParameterSystem<Name>,
  solution: OdeSolution,
): Trajectory<Name> {
  return {
    rule,
    outcome: solution.outcome,
    message: solution.message,
    statistics: solution.statistics,
    method: solution.method.name,
    times: solution.readPoints((time) => time),
    end: solution.end,
    events: solution.crossings.map(({ name, time, state }) => ({
      name,
      time,
      orderParameters: rule.layout.read(state),
    })),
    at: (time) => rule.layout.read(solution.at(time)),
    series(quantity, times) {
      const value = quantityOf(rule, quantity);
      if (times === undefined) return solution.readPoints(value);
      return requireTimes('times', times).map((time) => value(time, solution.at(time)));
    },
  };
}
