import { columnTable, itemTable, type Cell, type Column, type Table } from '../config/result.js';
import type { Choice } from '../networks/choose.js';
import { comparedCurves, type MimickedNetworks, type Mimicry } from '../networks/mimic.js';
import type { EpochFigures } from '../networks/epoch-figures.js';
import type { NetworkRun } from '../networks/train-one.js';
import { estimate, type Estimate } from '../numerics/statistics.js';

// Networks compute in float32, which has 7 digits.
const DIGITS = 7;

function rounded(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(DIGITS)) : value;
}

/** A number of a table; null where there is none, as an error of one run. */
function cellOf(value: number): Cell {
  return Number.isFinite(value) ? rounded(value) : null;
}

const curves = [
  'trainingLoss',
  'validationLoss',
  'validationAccuracy',
  'testLoss',
  'testAccuracy',
  'gammaNorm',
] as const;
const layered = ['gamma', 'effectiveLearningRate', 'kurtosis', 'gammaDecay'] as const;

type Reading = readonly [name: string, read: (figures: EpochFigures) => number];

function readings(layers: number): Reading[] {
  return [
    ...curves.map((name): Reading => [name, (figures) => figures[name]]),
    ...layered.flatMap((name) =>
      Array.from({ length: layers }, (_, l): Reading => [`${name}.${l + 1}`, (figures) => figures[name][l]!]),
    ),
  ];
}

/** The runs of which means are taken: those that were trained to the end; where there are none, all of them. */
function measuredRuns(runs: readonly NetworkRun[]): readonly NetworkRun[] {
  const trained = runs.filter(({ ending }) => ending === 'trained');
  return trained.length > 0 ? trained : runs;
}

/** Means over runs epoch by epoch, with standard errors where there are several, as far as all came. */
export function curvesTable(runs: readonly NetworkRun[]): Table {
  const measured = measuredRuns(runs);
  const layers = measured[0]?.epochs[0]?.gamma.length ?? 0;
  const count = measured.length === 0 ? 0 : Math.min(...measured.map(({ epochs }) => epochs.length));
  const at = Array.from({ length: count }, (_, epoch) => epoch);
  const several = runs.length > 1;
  const columns = readings(layers).flatMap(([name, read]): [string, Cell[]][] => {
    const estimates = at.map((epoch) => estimate(measured.map(({ epochs }) => read(epochs[epoch]!))));
    const means: [string, Cell[]] = [name, estimates.map(({ mean }) => cellOf(mean))];
    if (!several) return [means];
    return [means, [`${name}StandardError`, estimates.map(({ standardError }) => cellOf(standardError))]];
  });
  return columnTable([['epoch', at], ...columns]);
}

/** A choice, as it is printed. */
export function printedChoice(choice: Choice | undefined): unknown {
  if (choice === undefined) return null;
  const candidates = choice.candidates.map((candidate) => ({
    ...candidate,
    validationLoss: rounded(candidate.validationLoss),
    standardError: rounded(candidate.standardError),
  }));
  return { ...choice, candidates };
}

/** The losses of every run, epoch by epoch. */
export function printedRuns(runs: readonly NetworkRun[]): unknown[] {
  return runs.map(({ ending, epochs, reliance }) => ({
    ending,
    ...Object.fromEntries(
      comparedCurves.map((name) => [name, epochs.map((figures) => rounded(figures[name]))]),
    ),
    ...(reliance === undefined ? {} : { reliance: reliance.map(rounded) }),
  }));
}

/** By layer, the mean over runs of their reliance on single channels; undefined where it was not measured. */
export function printedReliance(runs: readonly NetworkRun[]): Record<string, Estimate> | undefined {
  const measured = runs.map(({ reliance }) => reliance).filter((reliance) => reliance !== undefined);
  if (measured.length === 0) return undefined;
  const layers = measured[0]!.map((_, l) => estimate(measured.map((reliance) => reliance[l]!)));
  return Object.fromEntries(
    layers.map(({ mean, standardError }, l) => [
      String(l + 1),
      { mean: rounded(mean), standardError: rounded(standardError) },
    ]),
  );
}

/** What was measured with each gamma decay, run by run. */
export function printedMimicries({ mimicries }: MimickedNetworks): unknown[] {
  return mimicries.map(({ gammaDecay, distances, runs }) => ({
    gammaDecay,
    distances: Object.fromEntries(comparedCurves.map((name) => [name, distances[name].map(rounded)])),
    runs: printedRuns(runs),
  }));
}

/** A row a gamma decay: how far its curves are from those that they are to mimic, beside how far these are from each other. */
export function mimicryTable({ mimicries, betweenRuns }: MimickedNetworks): Table {
  const distances = comparedCurves.flatMap((curve): Column<Mimicry>[] => {
    const of = (mimicry: Mimicry): Estimate => estimate(mimicry.distances[curve]);
    return [
      [`${curve}Distance`, (mimicry) => cellOf(of(mimicry).mean)],
      [`${curve}DistanceStandardError`, (mimicry) => cellOf(of(mimicry).standardError)],
      [`${curve}BetweenRuns`, () => cellOf(betweenRuns[curve].mean)],
      [`${curve}BetweenRunsStandardError`, () => cellOf(betweenRuns[curve].standardError)],
    ];
  });
  return itemTable(mimicries, [
    ['gammaDecay', ({ meanGammaDecay }) => cellOf(meanGammaDecay)],
    ['decay', ({ gammaDecay }) => (gammaDecay === 'published' ? gammaDecay : 'given')],
    ...distances,
  ]);
}
