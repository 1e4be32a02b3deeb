import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { Command } from 'commander';
import { rangeError } from '../../lib/foundation/checks.js';
import { drawDiagrams } from './figure.js';
import { integrators } from './integrators.js';
import type { WorkPrecisionPoint } from './measure-run.js';
import { findPeers, peersCover } from './peers.js';
import { benchmarkProblems, type BenchmarkProblem } from './problems.js';
import { equalErrorRows, summaryOf, tableOf } from './report.js';
import { full, quick, runIntegrators, runOnPeer } from './run.js';

const RESULTS = 'benchmarks/results';

function chosen(names: readonly string[]): BenchmarkProblem[] {
  const problems = benchmarkProblems();
  const all = problems.map(({ description }) => description.name);
  const stranger = names.find((name) => !all.includes(name));
  if (stranger !== undefined) throw rangeError('problems', `some of ${all.join(', ')}`, stranger);
  return problems.filter(({ description }) => names.length === 0 || names.includes(description.name));
}

async function measure(
  names: readonly string[],
  options: { quick?: boolean; output: string },
): Promise<void> {
  const problems = chosen(names);
  const thoroughness = options.quick ? quick : full;
  const all = await integrators();
  const { missing, ...found } = findPeers();
  for (const reason of missing) console.log(`skipped: ${reason}`);
  const points: WorkPrecisionPoint[] = [];
  for (const problem of problems) {
    const { name } = problem.description;
    points.push(...runIntegrators(problem, all, thoroughness));
    if (peersCover(problem.description))
      for (const peer of Object.values(found)) points.push(...runOnPeer(problem, peer, thoroughness));
    else console.log(`skipped: peers on ${name}, of which they do not have the right-hand side`);
    console.log(`${tableOf(equalErrorRows(points.filter((point) => point.problem === name)))}\n`);
  }
  const learning = problems.flatMap(({ description: { name, learning } }) => (learning ? [name] : []));
  console.log(summaryOf(equalErrorRows(points).filter(({ problem }) => learning.includes(problem))));
  mkdirSync(options.output, { recursive: true });
  const machine = { node: process.version, processor: cpus()[0]?.model ?? 'unknown', cores: cpus().length };
  const file = `${options.output}/work-precision.json`;
  // One line for each point: 2,000 of them stay readable.
  const lines = points.map((point) => JSON.stringify(point)).join(',\n');
  writeFileSync(file, `{"machine": ${JSON.stringify({ ...machine, missing })},\n"points": [\n${lines}\n]}\n`);
  const figures = await drawDiagrams(problems, points, options.output);
  console.log(`\n${[file, ...figures].join(', ')}`);
}

/** Work-precision diagrams: error at the end of each problem against evaluations and time, for every method and peer found. */
export function workPrecision(): Command {
  return new Command('work-precision')
    .description('error against time and evaluations, beside other integrators; ten minutes')
    .argument('[problems...]', 'names of problems; default all')
    .option('--quick', 'every third tolerance only')
    .option('--output <folder>', 'where to write the data and the figures', RESULTS)
    .action(measure);
}
