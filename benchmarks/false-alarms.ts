import { Command } from 'commander';
import { compareRuns } from './compare.js';
import { HISTORY, readRuns } from './history.js';

/**
 * Compares each run of a history with the one before, where both are of the same commit and length, so that any verdict of faster or
 * slower is a false alarm.
 */
function countAlarms(path = HISTORY): void {
  const runs = readRuns(path);
  const comparisons = runs.slice(1).flatMap((run, i) => {
    const before = runs[i];
    const same = before.commit !== null && before.commit === run.commit && before.quick === run.quick;
    return same ? [compareRuns(before, run)] : [];
  });
  const alarms = comparisons.map((rows) =>
    rows.filter(({ verdict }) => verdict === 'faster' || verdict === 'slower'),
  );
  const factors = comparisons.map((rows) =>
    rows.map(({ name, factor }) => `${name} ${factor.estimate.toFixed(3)}`).join(', '),
  );
  for (const line of factors) console.log(line);
  for (const { name, factor } of alarms.flat()) console.log(`${name}: ${factor.estimate.toFixed(3)}`);
  const verdicts = comparisons.flat().length;
  console.log(
    `${alarms.flat().length} false alarms in ${verdicts} verdicts; ` +
      `${alarms.filter((rows) => rows.length > 0).length} of ${comparisons.length} comparisons with any`,
  );
}

/** How often unchanged code is said to have changed. */
export function falseAlarms(): Command {
  return new Command('false-alarms')
    .description('compare successive runs of the same commit in a history')
    .argument('[file]', 'history', HISTORY)
    .action(countAlarms);
}
