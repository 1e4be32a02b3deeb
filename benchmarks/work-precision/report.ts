import { costAtError } from './equal-error.js';
import type { WorkPrecisionPoint } from './measure-run.js';

/** Errors at which methods are compared. */
export const TARGETS = [1e-4, 1e-6, 1e-8, 1e-10] as const;

/** Times of one method over those of `auto` at equal achieved error; undefined where one of them does not achieve it. */
export interface EqualErrorRow {
  readonly problem: string;
  readonly method: string;
  readonly ratios: readonly (number | undefined)[];
}

export function methodName({ library, method }: WorkPrecisionPoint): string {
  return library === 'JavaScript' ? method : `${library} ${method}`;
}

/** Items in groups, in the order in which their keys appear. */
export function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}

/** The comparison at equal achieved error, method by method. */
export function equalErrorRows(points: readonly WorkPrecisionPoint[]): EqualErrorRow[] {
  return [...groupBy(points, ({ problem }) => problem)].flatMap(([problem, ofProblem]) => {
    const methods = groupBy(ofProblem, methodName);
    const time = (method: string, error: number): number | undefined =>
      costAtError(methods.get(method) ?? [], 'milliseconds', error);
    return [...methods.keys()].map((method) => ({
      problem,
      method,
      ratios: TARGETS.map((error) => {
        const [theirs, ours] = [time(method, error), time('auto', error)];
        return theirs === undefined || ours === undefined ? undefined : theirs / ours;
      }),
    }));
  });
}

function cell(ratio: number | undefined): string {
  if (ratio === undefined) return '—';
  return ratio >= 100 ? ratio.toFixed(0) : ratio.toPrecision(2);
}

function line(name: string, width: number, cells: readonly string[]): string {
  return `  ${name.padEnd(width)}${cells.map((text) => text.padStart(9)).join('')}`;
}

/** The table that is printed: time over that of `auto`, by problem. */
export function tableOf(rows: readonly EqualErrorRow[]): string {
  const width = Math.max(...rows.map(({ method }) => method.length)) + 2;
  return [...groupBy(rows, ({ problem }) => problem)]
    .map(([problem, ofProblem]) =>
      [
        `${problem}: time over that of auto, at equal achieved error`,
        line(
          'error',
          width,
          TARGETS.map((error) => error.toExponential(0)),
        ),
        ...ofProblem.map(({ method, ratios }) => line(method, width, ratios.map(cell))),
      ].join('\n'),
    )
    .join('\n\n');
}

/** Least ratio over some methods, target by target: how far the best of them is behind `auto`. */
function bestOf(
  rows: readonly EqualErrorRow[],
  isMeant: (method: string) => boolean,
): (number | undefined)[] {
  const meant = rows.filter(({ method }) => isMeant(method));
  return TARGETS.map((_, index) => {
    const ratios = meant.flatMap((row) => row.ratios[index] ?? []);
    return ratios.length === 0 ? undefined : Math.min(...ratios);
  });
}

/** How far behind `auto` each library is at its best, by problem. */
export function summaryOf(rows: readonly EqualErrorRow[]): string {
  const libraries: [string, (method: string) => boolean][] = [
    ['SciPy solve_ivp', (method) => /^SciPy (DOP853|LSODA|Radau)$/.test(method)],
    ['SciPy odeint', (method) => method === 'SciPy odeint'],
    ['GSL rk8pd', (method) => method === 'GSL rk8pd'],
    ['GSL, any', (method) => method.startsWith('GSL')],
    ['SUNDIALS, any', (method) => method.startsWith('SUNDIALS')],
    ['npm, any', (method) => /^(dopri|numeric|ode|mathjs)(?!x)/.test(method)],
  ];
  const lines = [...groupBy(rows, ({ problem }) => problem)].flatMap(([problem, ofProblem]) => [
    `${problem}: best of each library over auto at errors ${TARGETS.map((error) => error.toExponential(0)).join(', ')}`,
    ...libraries.map(([name, isMeant]) => line(name, 18, bestOf(ofProblem, isMeant).map(cell))),
  ]);
  return lines.join('\n');
}
