/**
 * The explicit engine at N = 1000 beside the same training as a loop over vectorized numpy, one thread, the two timed
 * alternately in one run.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { studentPlaces } from '../../lib/dynamics/student.js';
import { relu, sgd, weightNormalization, type OrderParameterSystem } from '../../lib/index.js';
import { randomStream } from '../../lib/random/random-stream.js';
import { explicitStudent } from '../../lib/simulation/explicit-engine.js';
import { milliseconds, quantile, quartiles, record } from '../measure.js';

const PAIRS = 40;
const DIMENSION = 1000;
// Components drawn in a measurement: some tens of milliseconds.
const WORK = 4e6;

const parameters = { learningRate: 0.5, noiseVariance: 0.05, gammaDecay: 0.2 };
const initial = { gamma: 0.5, overlap: 0.1, length: 0.8 };
const { learningRate, noiseVariance } = parameters;
const vanilla = { activation: relu, learningRate, noiseVariance };
const normalized = { activation: relu, ...parameters };
interface Case {
  readonly name: string;
  readonly kind: string;
  readonly rule: OrderParameterSystem;
  readonly start: Readonly<Record<string, number>>;
}

const cases: readonly Case[] = [
  {
    name: 'SGD, M = 1',
    kind: 'sgd',
    rule: sgd(vanilla),
    start: { overlap: initial.overlap, length: initial.length },
  },
  { name: 'WN, M = 1', kind: 'wn', rule: weightNormalization(normalized), start: initial },
  {
    name: 'WN, M = 16',
    kind: 'wn',
    rule: weightNormalization({ ...normalized, batchSize: 16 }),
    start: initial,
  },
];

/** A number of steps made: how long they took, and where the student is after them. */
interface Stretch {
  seconds: number;
  overlap: number;
  length: number;
}

type Trainer = (steps: number) => Stretch | Promise<Stretch>;

/** A student of ours that goes on learning from call to call. */
function ours({ rule, start }: Case): Trainer {
  const student = explicitStudent(rule, DIMENSION, rule.layout.state(start), randomStream(1));
  const { overlap, length } = studentPlaces(rule);
  let made = 0;
  return (steps) => {
    const end = made + steps;
    const time = milliseconds(() => {
      for (; made < end; made++) student.step(made / DIMENSION);
    });
    const state = student.state();
    return { seconds: time / 1000, overlap: 1 - state[overlap], length: state[length] };
  };
}

interface Numpy {
  version: string;
  trainer: (problem: Case) => Trainer;
  close: () => void;
}

/** Python in a process of its own, held to one thread; undefined where there is no python3 with numpy. */
async function startNumpy(): Promise<Numpy | undefined> {
  if (spawnSync('python3', ['-c', 'import numpy']).status !== 0) return undefined;
  const settings = JSON.stringify({ dimension: DIMENSION, ...parameters, initial });
  const one = Object.fromEntries(
    ['OMP', 'OPENBLAS', 'MKL', 'BLIS', 'NUMEXPR'].map((library) => [`${library}_NUM_THREADS`, '1']),
  );
  const python = spawn('python3', ['benchmarks/details/explicit-engine.py', settings], {
    env: { ...process.env, ...one },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: python.stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<string> => {
    const line = await lines.next();
    if (line.done === true) throw new Error('benchmarks/details/explicit-engine.py ended before it answered');
    return line.value;
  };
  return {
    version: await answer(),
    trainer:
      ({
        kind,
        rule: {
          batchStep: { batchSize },
        },
      }) =>
      async (steps) => {
        python.stdin.write(`${kind} ${batchSize} ${steps}\n`);
        const [seconds, overlap, length] = (await answer()).split(' ').map(Number);
        return { seconds, overlap, length };
      },
    close: () => {
      python.stdin.end();
    },
  };
}

/** What a step costs one trainer and another: microseconds, the ratio of the two in each pair, and where they ended. */
interface Comparison {
  microseconds: [number, number];
  medianRatio: number;
  quartiles: [number, number];
  ends: [Stretch, Stretch];
}

/** Times two trainers alternately. */
async function compare(first: Trainer, second: Trainer, steps: number): Promise<Comparison> {
  await first(steps);
  await second(steps);
  const pairs: [Stretch, Stretch][] = [];
  for (let pair = 0; pair < PAIRS; pair++) {
    if (pair % 2 === 0) pairs.push([await first(steps), await second(steps)]);
    else {
      const late = await second(steps);
      pairs.push([await first(steps), late]);
    }
  }
  const [lower, median, upper] = quartiles(pairs.map(([a, b]) => a.seconds / b.seconds));
  const perStep = (which: 0 | 1): number =>
    (1e6 / steps) *
    quantile(
      pairs.map((pair) => pair[which].seconds),
      0.5,
    );
  return {
    microseconds: [perStep(0), perStep(1)],
    medianRatio: median,
    quartiles: [lower, upper],
    ends: pairs[PAIRS - 1],
  };
}

function print(...cells: string[]): void {
  console.log(cells.map((cell) => cell.padStart(18)).join(''));
}

function printRow(
  name: string,
  { microseconds, medianRatio, quartiles: [lower, upper], ends }: Comparison,
): void {
  const range = `${lower.toFixed(2)} to ${upper.toFixed(2)}`;
  const [first, second] = ends.map(({ overlap, length }) => `${overlap.toFixed(3)}, ${length.toFixed(2)}`);
  const times = microseconds.map((time) => time.toFixed(2));
  print(name, ...times, medianRatio.toFixed(2), range, first, second);
}

const stepsOf = ({ rule }: Case): number => Math.ceil(WORK / DIMENSION / rule.batchStep.batchSize);
console.log(
  `one optimizer step, ReLU, N = ${DIMENSION}, µs (medians of ${PAIRS} pairs), and R, L at the end`,
);

const numpy = await startNumpy();
const beside: Record<string, Comparison> = {};
if (numpy === undefined)
  console.log('skipped: explicit-engine beside numpy, for want of a python3 with numpy');
else {
  print('', 'numpy', 'explicit', 'numpy/explicit', 'quartiles', 'R, L of numpy', 'R, L of ours');
  for (const problem of cases) {
    beside[problem.name] = await compare(numpy.trainer(problem), ours(problem), stepsOf(problem));
    printRow(problem.name, beside[problem.name]);
  }
  numpy.close();
}

record('explicit-engine', {
  dimension: DIMENSION,
  pairs: PAIRS,
  numpy: numpy?.version,
  besideNumpy: beside,
});
