/** The same of the solver. */
import * as library from '../../lib/index.js';
import { method, type Entry } from './call.js';
import { rule, trajectory, initial } from './made.js';
import {
  control,
  count,
  finite,
  flag,
  increasing,
  leaf,
  list,
  made,
  maybe,
  nonNegative,
  options,
  positive,
  text,
  within,
  word,
} from './shapes.js';

/** A number, or an object or list of them, of which no other is tried. */
const tolerance = maybe(
  leaf(1e-8, (x) => (typeof x === 'number' ? x > 0 && x < Infinity : String(x) === '[object Object]')),
);
const stepping = {
  relativeTolerance: maybe(within(1e-8, 1e-14, 0.1)),
  absoluteTolerance: tolerance,
  maxSteps: maybe(count(100_000, 1)),
  maxStep: maybe(positive(1)),
  method: maybe(made(library.odex)),
};
const direction = {
  direction: maybe(word('rising')),
  terminal: maybe(flag(false)),
  condition: maybe(flag(true)),
};
const solving = {
  ...stepping,
  rule: made(rule),
  initial: options({ gamma: finite(0.5), overlap: within(0.1, -1, 1), length: positive(0.8) }),
  until: maybe(positive(1)),
  times: maybe(increasing(0.5, 1)),
  events: maybe(list([options({ quantity: word('overlap'), level: finite(0.5), ...direction })], 0)),
  stationaryTolerance: maybe(nonNegative(1e-12)),
  lengthBound: maybe(positive(1e6)),
};
const decay = (_time: number, state: ArrayLike<number>, out: Float64Array): void => {
  out[0] = -state[0];
};
const own = options({
  derivative: made(decay),
  initial: list([finite(1)]),
  from: finite(0),
  until: positive(1),
  breaks: maybe(list([finite(0.5)], 0)),
});
const times = maybe(increasing(0.5, 1));
// To read a trajectory at, in any order, none too.
const anyTimes = maybe(list([within(0.5, 0, 1)], 0));
const ownOptions = maybe(
  options({
    ...stepping,
    times,
    events: maybe(
      list(
        [
          options({
            name: text('half'),
            value: made((_: number, y: number[]) => y[0] - 0.5),
            ...direction,
          }),
        ],
        0,
      ),
    ),
  }),
);
const fluctuating = library.solveFluctuations({ rule, initial, times: [0.5, 1] });
const solution = library.solveProblem({ derivative: decay, initial: Float64Array.of(1), from: 0, until: 1 });

/** The solver's. */
export const solverEntries: Readonly<Record<string, Entry>> = {
  solve: { call: library.solve, takes: { options: options(solving) } },
  solveAsync: {
    call: library.solveAsync,
    takes: { options: options(solving), control: control() },
  },
  solveFluctuations: { call: library.solveFluctuations, takes: { options: options(solving) } },
  solveFluctuationsAsync: {
    call: library.solveFluctuationsAsync,
    takes: { options: options(solving), control: control() },
  },
  solveProblem: {
    call: library.solveProblem,
    takes: {
      problem: own,
      options: ownOptions,
    },
  },
  solveProblemAsync: {
    call: library.solveProblemAsync,
    takes: { problem: own, options: ownOptions, control: control() },
  },
  mathjsRungeKutta: { call: library.mathjsRungeKutta, takes: {} },
  'trajectory.at': { call: method(trajectory, 'at'), takes: { time: within(0.5, 0, 1) } },
  'trajectory.series': {
    call: method(trajectory, 'series'),
    takes: { quantity: word('gamma'), times: anyTimes },
    aliases: ['time'],
  },
  'fluctuations.covariance': { call: method(fluctuating, 'covariance'), takes: { time: within(0.5, 0, 1) } },
  'fluctuations.deviation': {
    call: method(fluctuating, 'deviation'),
    takes: { quantity: word('gamma'), dimension: count(100, 2), times: anyTimes },
    aliases: ['time'],
  },
  'solution.at': { call: method(solution, 'at'), takes: { time: within(0.5, 0, 1) } },
};
