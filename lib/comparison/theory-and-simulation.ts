import { requireFunction, typeError } from '../foundation/checks.js';
import { requireObject } from '../foundation/options.js';
import { requireRule } from '../dynamics/system.js';
import type { Quantity } from '../dynamics/quantity.js';
import type { Trajectory } from '../trajectory/trajectory.js';
import type { Simulation } from '../simulation/simulate.js';
import { besideTheory, type StudentComparison } from './students-and-theory.js';
import { hotellingTest, type HotellingTest } from '../numerics/hotelling.js';

/** A simulated quantity beside its theory, from the order-parameter equations, at one time. */
export interface Comparison extends StudentComparison {
  /** t = steps/N. */
  readonly time: number;
}

/** A simulation beside its theory. */
export interface TheoryComparison<Name extends string> {
  /** One quantity at each measured time. */
  series(quantity: Quantity<Name>): Comparison[];
  /** Hotelling's test of all order parameters at three times; undefined where there are too few runs for it. */
  readonly overall: HotellingTest | undefined;
  /** Size of the bias of simulated means that no number of runs removes, O(1/N). */
  readonly finiteSizeBias: number;
}

const TEST_TIMES = 3;

/** Three indices spread over the times after 0: the middle of the first third, the middle, the end. */
function testIndices(times: readonly number[]): number[] {
  const first = times[0] === 0 ? 1 : 0;
  const last = times.length - 1;
  const spread = [first + Math.round((last - first) / 6), Math.round((first + last) / 2), last];
  return [...new Set(spread)].filter((index) => index >= first && index <= last).slice(0, TEST_TIMES);
}

/** Whether a value has what one made by a function of this package has. */
function requireMade(name: string, value: unknown, maker: string, methods: readonly string[]): void {
  const given = requireObject(name, value, `what ${maker} gives back`);
  requireRule(`${name}.rule`, given['rule']);
  for (const method of methods) requireFunction(`${name}.${method}`, given[method]);
}

/**
 * Compares a simulation with the solution of the order-parameter equations, at the simulation's times.
 *
 * @throws TypeError when the two are of different rules, RangeError when the theory ends before the simulation
 * @example
 * compareWithTheory(simulate({ rule, initial, times, dimension: 500, runs: 64, seed: 1 }), solve({ rule, initial, times }));
 */
export function compareWithTheory<Name extends string>(
  simulation: Simulation<Name>,
  theory: Trajectory<Name>,
): TheoryComparison<Name> {
  requireMade('simulation', simulation, 'simulate', ['samples', 'series']);
  requireMade('theory', theory, 'solve', ['at', 'series']);
  if (simulation.rule.rule !== theory.rule.rule) {
    throw typeError('theory', `of the rule ${simulation.rule.rule}`, theory.rule.rule);
  }
  const { times, runs, dimension } = simulation;
  const names = theory.rule.layout.names;
  const indices = testIndices(times);
  const components = indices.flatMap((index) =>
    names.map((name) => ({
      samples: simulation.samples(name, index),
      expected: theory.series(name, [times[index]!])[0]!,
    })),
  );
  const rows = Array.from({ length: runs }, (_, run) => components.map(({ samples }) => samples[run]!));
  return {
    series(quantity) {
      const expected = theory.series(quantity, times);
      return simulation.series(quantity).map((estimate, index) => ({
        time: times[index]!,
        ...besideTheory(estimate, expected[index]!, runs),
      }));
    },
    overall: hotellingTest(
      rows,
      components.map(({ expected }) => expected),
    ),
    finiteSizeBias: 1 / dimension,
  };
}
