/**
 * Seconds a run of linear students on bidiagonal matrices up to N = 1e6, beside students on P × N inputs where those can be
 * waited for; the two timed alternately, one core.
 */
import { identity, trainStudents } from '../../lib/index.js';
import { milliseconds, quantile, record, timePairs } from '../measure.js';

const DENSE_DIMENSION = 300;
const DIMENSIONS = [1e4, 1e5, 1e6];
const PAIRS = 9;
const ROUNDS = 5;
// As many runs that a measurement takes some milliseconds at least.
const FREE_RUNS = 50;

const common = { rule: 'weight-normalization', activation: identity, noiseVariance: 0.25, seed: 1 } as const;
const tasks = [
  { name: 'minimum norm', load: 0.5, gammaDecay: 0 },
  { name: 'ridge', load: 0.5, gammaDecay: 0.1 },
  { name: 'least squares', load: 2, gammaDecay: 0 },
  { name: 'ridge', load: 2, gammaDecay: 0.1 },
];
type Task = (typeof tasks)[number];

function train({ load, gammaDecay }: Task, engine: 'explicit' | 'bidiagonal', dimension: number): void {
  const runs = engine === 'explicit' || dimension > DENSE_DIMENSION ? 2 : FREE_RUNS;
  trainStudents({ ...common, load, gammaDecay, engine, dimension, runs });
}

function print(...cells: string[]): void {
  console.log(cells.map((cell) => cell.padStart(18)).join(''));
}

const titles = [
  `${DENSE_DIMENSION} explicit`,
  `${DENSE_DIMENSION} bidiagonal`,
  'ratio',
  ...DIMENSIONS.map(String),
];

interface Row extends Task {
  explicit: number;
  bidiagonal: number;
  ratio: number;
  large: { dimension: number; seconds: number }[];
}

async function measured(task: Task): Promise<Row> {
  train(task, 'bidiagonal', 1e4); // warm
  const times = await timePairs(
    PAIRS,
    () => {
      train(task, 'explicit', DENSE_DIMENSION);
    },
    () => {
      train(task, 'bidiagonal', DENSE_DIMENSION);
    },
  );
  const pairs = times.map(([explicit, free]) => [explicit / 2000, free / (1000 * FREE_RUNS)] as const);
  const middle = (values: number[]): number => quantile(values, 0.5);
  const explicit = middle(pairs.map(([seconds]) => seconds));
  const bidiagonal = middle(pairs.map(([, seconds]) => seconds));
  const ratio = middle(pairs.map(([first, second]) => first / second));
  const large = DIMENSIONS.map((dimension) => ({
    dimension,
    seconds: middle(
      Array.from(
        { length: ROUNDS },
        () =>
          milliseconds(() => {
            train(task, 'bidiagonal', dimension);
          }) / 2000,
      ),
    ),
  }));
  return { ...task, explicit, bidiagonal, ratio, large };
}

console.log(`seconds a run; medians of ${PAIRS} and ${ROUNDS}; columns by N`);
print('student', 'P/N', ...titles);
const rows: Row[] = [];
for (const task of tasks) {
  const row = await measured(task);
  const seconds = [row.explicit, row.bidiagonal].map((value) => value.toPrecision(3));
  const others = row.large.map((entry) => entry.seconds.toPrecision(3));
  print(row.name, String(row.load), ...seconds, row.ratio.toFixed(0), ...others);
  rows.push(row);
}
record('linear-students', { dimension: DENSE_DIMENSION, pairs: PAIRS, rounds: ROUNDS, rows });
