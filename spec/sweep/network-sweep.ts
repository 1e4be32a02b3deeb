import type { RunSweepOptions } from '../../lib/sweep/run-sweep.js';
import type { SweepRecord } from '../../lib/sweep/record.js';

/** A sweep of small networks, of all kinds of points: two that diverge and two that are wrong among them. */
export function networkSweep(data: string, epochs: number): RunSweepOptions['sweep'] {
  const config = { data, epochs, widths: [8], images: 64, heldOut: 32, runs: 2 };
  const list = [
    { method: 'none', learningRate: [0.003, 0.02], choiceRuns: 1 },
    { method: 'batch-normalization', learningRate: 0.02, gammaDecay: 'published' },
    { method: 'none', learningRate: 1e30 },
    { method: 'layer-normalization', learningRate: 0.02, images: 500 },
    { method: 'population-normalization', learningRate: 0.02, dropout: 0.2, schedule: '(1 + cos(pi t))/2' },
    {
      method: 'population-normalization',
      learningRate: 0.02,
      mimic: 'batch-normalization',
      gammaDecay: '0,0.1',
    },
  ];
  return { command: 'network', config, list, grid: { batchSize: [8, 16] } };
}

/** How its points end. */
export const OUTCOMES = ['done', 'done', 'failed', 'error', 'done', 'done'].flatMap((outcome) => [
  outcome,
  outcome,
]);

/** How the points of a results file ended. */
export function outcomesIn(text: string): string[] {
  const lines = text.split('\n').slice(1, -1);
  return lines.map((line) => (JSON.parse(line) as SweepRecord).outcome);
}
