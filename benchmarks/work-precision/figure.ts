import {
  writeFigure,
  type Figure,
  type Panel,
  type Series,
  type SeriesStyle,
} from '../../lib/figures/index.js';
import type { WorkPrecisionPoint } from './measure-run.js';
import type { BenchmarkProblem } from './problems.js';
import { groupBy, methodName } from './report.js';

// The panel with the fewest curves holds the legend of all.
const LEGEND_PANEL = 'van-der-pol';

// The rest is in the table: curves of one colour family are enough to see who is where.
const styles: Record<string, SeriesStyle> = {
  auto: { color: 'black', marker: 'circle' },
  'implicit-extrapolation': { color: 'green', dash: 'dashed', marker: 'square' },
  odex: { color: 'blue', marker: 'diamond' },
  'mathjs RK45': { color: 'grey', marker: 'triangle' },
  'SciPy DOP853': { color: 'purple', dash: 'dashed', marker: 'diamond' },
  'SciPy odeint': { color: 'purple', marker: 'triangle' },
  'GSL rk8pd': { color: 'vermillion', marker: 'circle' },
  'SUNDIALS adams': { color: 'sky', dash: 'dashed', marker: 'square' },
  'SUNDIALS bdf': { color: 'sky', marker: 'square' },
};

// The legend has no room for the whole name.
const labelOf = (method: string): string => (method === 'implicit-extrapolation' ? 'implicit' : method);

type Cost = 'milliseconds' | 'evaluations';

function seriesOf(method: string, points: readonly WorkPrecisionPoint[], cost: Cost): Series[] {
  const done = points.filter(({ error }) => error !== null && error > 0);
  const x = done.map((point) => point[cost]!);
  const y = done.map(({ error }) => error!);
  const common = { label: labelOf(method), style: styles[method] };
  // A method that is missing keeps its row in the legend.
  const data = done.length > 0 ? { x, y } : { x: [NaN], y: [NaN] };
  return [
    { ...common, ...data, kind: 'line' },
    { ...common, ...data, kind: 'points' },
  ];
}

function panelOf(name: string, title: string, points: readonly WorkPrecisionPoint[], cost: Cost): Panel {
  const methods = groupBy(points, methodName);
  const shown = Object.keys(styles).filter((method) => name === LEGEND_PANEL || methods.has(method));
  const drawn = points.filter((point) => point.error !== null && shown.includes(methodName(point)));
  const costs = drawn.map((point) => point[cost]!);
  const [low, high] = [Math.min(...costs), Math.max(...costs)];
  const room = name === LEGEND_PANEL ? (high / low) ** 5 : 1;
  return {
    title,
    x: {
      label: cost === 'milliseconds' ? 'time (ms)' : 'evaluations',
      scale: 'log',
      domain: [low / 1.3, high * 1.3 * room],
    },
    y: { label: 'relative error', scale: 'log' },
    series: shown.flatMap((method) => seriesOf(method, methods.get(method) ?? [], cost)),
    legend: name === LEGEND_PANEL ? 'top-right' : 'none',
  };
}

/**
 * Draws error against time (work-precision) and against evaluations (work-precision-evaluations).
 *
 * @returns the files written, SVG and PDF
 */
export async function drawDiagrams(
  problems: readonly BenchmarkProblem[],
  points: readonly WorkPrecisionPoint[],
  folder: string,
): Promise<string[]> {
  const files: string[] = [];
  for (const cost of ['milliseconds', 'evaluations'] as const) {
    const figure: Figure = {
      title: `Error at the end against ${cost === 'milliseconds' ? 'time' : 'evaluations of the right-hand side'}`,
      columns: 3,
      panelWidth: 168,
      panelHeight: 162,
      panels: problems.map(({ description: { name, label } }) => {
        const ofProblem = points.filter(({ problem }) => problem === name);
        return panelOf(name, label, ofProblem, cost);
      }),
    };
    for (const extension of ['svg', 'pdf']) {
      const file = `${folder}/work-precision${cost === 'milliseconds' ? '' : '-evaluations'}.${extension}`;
      await writeFigure(figure, file);
      files.push(file);
    }
  }
  return files;
}
