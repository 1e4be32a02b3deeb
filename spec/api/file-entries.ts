/** The same of figures, sweeps and queues. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as figures from '../../lib/figures/index.js';
import * as sweeps from '../../lib/sweep/index.js';
import * as queues from '../../lib/sweep/queue/index.js';
import type { Entry } from './call.js';
import { figure } from './made.js';
import {
  anyNumber,
  control,
  count,
  finite,
  flag,
  leaf,
  list,
  maybe,
  nonNegative,
  options,
  positive,
  record,
  signal,
  text,
  within,
  word,
  type Shape,
} from './shapes.js';

const folder = mkdtempSync(join(tmpdir(), 'order-parameters-'));
const file = (name: string): string => join(folder, name);
const sweep = {
  command: 'learning-rates',
  config: { rule: 'sgd', learningRate: 1 },
  grid: { batchSize: [1] },
};
const header = { kind: 'sweep', version: '0.1.0', sweep, points: 1 };
const point = { point: 0, parameters: { batchSize: 1 }, outcome: 'done', result: { a: 1 } };
writeFileSync(file('stored.jsonl'), [header, point].map((line) => `${JSON.stringify(line)}\n`).join(''));

const [{ series }] = figure.panels;
const style = options({
  color: word('blue'),
  dash: maybe(word('dashed')),
  marker: maybe(word('circle')),
});
const axis = (domain: Shape): Shape =>
  options({ label: text('t'), scale: maybe(word('linear')), domain: maybe(domain) });
const drawnSeries = options({
  ...{ label: text('WN'), kind: word('line'), style, direct: maybe(flag(false)) },
  ...{ x: list(series[0].x.map(anyNumber)), y: list(series[0].y.map(anyNumber)) },
  errors: maybe(list([0, 0.1, 0].map(nonNegative))),
});
const reference = options({ axis: word('y'), value: finite(0.5), label: maybe(text('half')) });
const drawing: Shape = options({
  title: maybe(text('a figure')),
  columns: count(1, 1),
  panelWidth: positive(figure.panelWidth),
  panelHeight: positive(figure.panelHeight),
  panels: list([
    options({
      title: maybe(text('a panel')),
      x: axis(list([finite(0), finite(2)], 2)),
      y: axis(list([finite(0), finite(1)], 2)),
      series: list([drawnSeries], 0),
      references: maybe(list([reference], 0)),
      legend: maybe(list([within(0.5, 0, 1), within(0.5, 0, 1)], 2)),
    }),
  ]),
});

// Configuration, grid and list are the schema's, which has specs of its own.
const asked = options({
  command: word('learning-rates'),
  config: maybe(record(sweep.config)),
  grid: maybe(record(sweep.grid)),
  list: maybe(leaf([{ noiseVariance: 0 }])),
});
const checked = options({
  command: word('learning-rates'),
  config: maybe(leaf(sweep.config, () => true)),
  grid: maybe(leaf(sweep.grid, () => true)),
});
// Not called where the file holds all points, as after the first of the calls.
const executorOf = (): unknown =>
  Promise.resolve({ capacity: 1, run: () => Promise.resolve(point), close: () => Promise.resolve() });

export const fileEntries: Readonly<Record<string, Entry>> = {
  renderSvg: { call: figures.renderSvg, takes: { figure: drawing } },
  renderPng: {
    call: figures.renderPng,
    takes: { figure: drawing, pixelsPerPoint: maybe(within(1, 0.1, 20)) },
  },
  renderPdf: { call: figures.renderPdf, takes: { figure: drawing } },
  writeFigure: { call: figures.writeFigure, takes: { figure: drawing, path: word(file('figure.svg')) } },
  localExecutor: {
    call: async (...values: Parameters<typeof sweeps.localExecutor>) => {
      await (await sweeps.localExecutor(...values)).close();
    },
    takes: { sweep: checked, workers: maybe(count(1, 1, 1024)) },
  },
  mergeResults: {
    call: sweeps.mergeResults,
    takes: { paths: list([text(file('stored.jsonl'))]), output: text(file('merged.jsonl')) },
  },
  readResults: { call: sweeps.readResults, takes: { path: text(file('stored.jsonl')) } },
  runSweep: {
    call: sweeps.runSweep,
    takes: {
      options: options({
        sweep: asked,
        path: text(file('run.jsonl')),
        resume: maybe(flag(true)),
        shard: maybe(options({ part: count(1, 1, 1), of: count(1, 1) })),
        executorOf: maybe(leaf(executorOf, (other) => typeof other === 'function')),
      }),
      control: control(),
    },
  },
  shardOf: { call: sweeps.shardOf, takes: { text: word('1/2') }, aliases: ['shard'] },
  pointsOf: { call: sweeps.pointsOf, takes: { sweep: asked } },
  sweepTable: { call: sweeps.sweepTable, takes: { records: list([leaf(point)], 0) } },
  sweepQueue: {
    call: queues.sweepQueue,
    takes: { sweep: checked, url: word('redis://localhost:1') },
    needsMore: true,
  },
  workOnQueue: {
    call: queues.workOnQueue,
    takes: {
      work: options({
        url: word('redis://localhost:1'),
        workers: maybe(count(1, 1, 1024)),
        signal: signal(),
      }),
    },
    needsMore: true,
  },
};
