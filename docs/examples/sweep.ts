// Runs a sweep over a grid of learning rates and batch sizes; its results, in rates.jsonl, survive a crash.
import { runSweep, sweepTable } from 'order-parameters/sweep';

const { outcome, records } = await runSweep({
  sweep: {
    command: 'dynamics',
    config: {
      rule: 'sgd',
      activation: 'relu',
      noiseVariance: 0.1,
      initial: { overlap: 0.1, length: 1 },
      times: [50],
    },
    grid: { learningRate: { from: 0.1, to: 1, points: 3, scale: 'log' }, batchSize: [1, 4] },
  },
  path: 'rates.jsonl',
  // A second run of this program finds all points done.
  resume: true,
});
console.log('sweep', outcome); // 'complete'
console.log('points', records.length); // 6

const { columns, rows } = sweepTable(records);
const shown = ['learningRate', 'batchSize', 'generalizationError'].map((name) => columns.indexOf(name));
for (const row of rows) console.log(...shown.map((column) => row[column]));
