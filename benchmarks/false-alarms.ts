import { Command } from 'commander';
import { compareRuns } from './compare.js';
import { HISTORY, readRuns, type Run } from './history.js';

/** Whether two runs measured the same code alike. */
function sameCode(before: Run, after: Run): boolean {
  return before.commit !== null && before.commit === after.commit && before.quick === after.quick;
}

function countAlarms(path: string): void {
  const runs = readRuns(path);
  const comparisons = runs
    .slice(1)
    .flatMap((run, i) => (sameCode(runs[i], run) ? [compareRuns(runs[i], run)] : []));
  const alarms = comparisons.map((rows) =>
    rows.filter(({ verdict }) => verdict === 'faster' || verdict === 'slower'),
  );
  for (const { name, verdict, factor } of alarms.flat())
    console.log(`${name} is called ${verdict}: new/old ${factor.estimate.toFixed(3)}`);
  console.log(
    `${alarms.flat().length} false alarms in ${comparisons.flat().length} verdicts, ` +
      `in ${alarms.filter((rows) => rows.length > 0).length} of ${comparisons.length} comparisons`,
  );
}

/**
 * How often unchanged code is said to have changed: compares each run of a history with the one before, where both are of the same
 * commit, so that any faster or slower is a false alarm.
 */
export function falseAlarms(): Command {
  return new Command('false-alarms')
    .description('compare successive runs of the same commit in a history')
    .argument('[file]', 'history', HISTORY)
    .action(countAlarms);
}
