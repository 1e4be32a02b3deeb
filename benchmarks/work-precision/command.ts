import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { Command } from 'commander';
import { rangeError } from '../../lib/foundation/checks.js';
import { RESULTS } from '../measure.js';
import { drawDiagrams } from './figure.js';
import { integrators } from './integrators.js';
import type { WorkPrecisionPoint } from './measure-run.js';
import { findPeers, peersCover } from './peers.js';
import { benchmarkProblems, type BenchmarkProblem } from './problems.js';
import { readRecord, recordOf } from './record.js';
import { equalErrorRows, summaryOf, tableOf } from './report.js';
import { full, quick, runIntegrators, runOnPeer, type Thoroughness } from './run.js';

function chosen(names: readonly string[]): BenchmarkProblem[] {
  const problems = benchmarkProblems();
  const all = problems.map(({ description }) => description.name);
  const stranger = names.find((name) => !all.includes(name));
  if (stranger !== undefined) throw rangeError('problems', `some of ${all.join(', ')}`, stranger);
  return problems.filter(({ description }) => names.length === 0 || names.includes(description.name));
}

/** Measures all methods, and prints the comparison on each problem. */
async function measure(
  problems: readonly BenchmarkProblem[],
  thoroughness: Thoroughness,
  file: string,
): Promise<WorkPrecisionPoint[]> {
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
  const machine = { node: process.version, processor: cpus()[0]?.model ?? 'unknown', cores: cpus().length };
  writeFileSync(file, recordOf({ ...machine, missing }, points));
  return points;
}

async function compareIntegrators(
  names: readonly string[],
  { quick: isQuick, from, output }: { quick?: boolean; from?: string; output: string },
): Promise<void> {
  const problems = chosen(names);
  const earlier = from === undefined ? undefined : readRecord(from);
  mkdirSync(output, { recursive: true });
  const file = `${output}/work-precision.json`;
  const points = earlier ?? (await measure(problems, isQuick ? quick : full, file));
  const drawn = problems.filter(({ description }) =>
    points.some(({ problem }) => problem === description.name),
  );
  const learning = drawn.flatMap(({ description: { name, learning } }) => (learning ? [name] : []));
  console.log(summaryOf(equalErrorRows(points).filter(({ problem }) => learning.includes(problem))));
  const figures = await drawDiagrams(drawn, points, output);
  console.log(`\n${[...(earlier === undefined ? [file] : []), ...figures].join(', ')}`);
}

/** Work-precision diagrams: error at the end of each problem against evaluations and time, for every method and peer found. */
export function workPrecision(): Command {
  return new Command('work-precision')
    .description('error against time and evaluations, beside other integrators; ten minutes')
    .argument('[problems...]', 'names of problems; default all')
    .option('--quick', 'every third tolerance only')
    .option('--from <file>', 'draw the data of an earlier run instead of measuring')
    .option('--output <folder>', 'where to write the data and the figures', RESULTS)
    .action(compareIntegrators);
}
