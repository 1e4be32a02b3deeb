import { quantityNames } from '../../dynamics/quantity.js';
import { columnsOf, type OrderParameterSystem } from '../../dynamics/system.js';
import { argumentError } from '../../foundation/checks.js';
import { compareDecomposition, gapNames } from '../../comparison/batch-decomposition.js';
import { activationOf } from '../../gaussian/activations/index.js';
import { runDynamics, runLearningRates, runSimulation } from '../../config/run-config.js';
import type { RunControl } from '../../foundation/turns.js';
import { simulateSchema, parseConfig } from '../../config/schema.js';
import { equallySpaced } from '../../numerics/equally-spaced.js';
import { parseExpression } from '../../expression/parse-expression.js';
import type { CurveData } from './data-columns.js';
import { generalizationData } from './generalization-data.js';
import type { Curve, DecompositionCurve, FormulaCurve, MaximumCurve, TrajectoryCurve } from './schema.js';

/** What curves may show: all order parameters and observables. */
function quantitiesOf(rule: OrderParameterSystem): string[] {
  return [...new Set([...columnsOf(rule), ...quantityNames(rule)])];
}

async function simulated(curve: TrajectoryCurve, control: RunControl): Promise<CurveData['marks']> {
  if (curve.simulation === undefined) return undefined;
  const { rule, activation, learningRate, gammaLearningRate, gammaDecay, batchSize, noiseVariance, initial } =
    curve.dynamics;
  const given = parseConfig(simulateSchema, {
    ...{ rule, activation, learningRate, gammaLearningRate, gammaDecay, batchSize, noiseVariance, initial },
    ...curve.simulation,
  });
  const { config, result } = await runSimulation(given, control);
  const { simulation } = result;
  const columns: Record<string, readonly number[]> = { time: simulation.times };
  const errors: Record<string, readonly number[]> = {};
  for (const column of quantitiesOf(simulation.rule)) {
    const estimates = simulation.series(column);
    columns[column] = estimates.map(({ mean }) => mean);
    errors[column] = estimates.map(({ standardError }) => standardError);
  }
  return { config, points: { columns, errors } };
}

async function trajectoryData(curve: TrajectoryCurve, control: RunControl): Promise<CurveData> {
  const { config, result } = await runDynamics(curve.dynamics, { signal: control.signal });
  if (result.outcome !== 'reached-end') throw argumentError(`curve ${curve.label}: ${result.message}`);
  const columns: Record<string, readonly number[]> = { time: result.times };
  for (const column of quantitiesOf(result.rule)) columns[column] = result.series(column);
  const marks = await simulated(curve, control);
  return { config, line: { columns }, ...(marks === undefined ? {} : { marks }) };
}

function valuesOf({ values }: MaximumCurve): number[] {
  if (Array.isArray(values)) return values;
  const { from, to, points } = values;
  return equallySpaced(from, to, points);
}

async function maximumData(curve: MaximumCurve): Promise<CurveData> {
  const values = valuesOf(curve);
  const rows = [];
  for (const value of values) {
    const { result } = await runLearningRates({ ...curve.learningRates, [curve.over]: value });
    if (result.maximumLearningRate === undefined)
      throw argumentError(`curve ${curve.label}: no fixed point at ${curve.over} = ${value}`);
    rows.push(result.maximumLearningRate);
  }
  const columns = {
    [curve.over]: values,
    effective: rows.map(({ effective }) => effective),
    reduced: rows.map(({ reduced }) => reduced),
    spectral: rows.map(({ spectral }) => spectral.effective),
  };
  return { config: curve.learningRates, line: { columns } };
}

async function decompositionData({ compare, show, label }: DecompositionCurve): Promise<CurveData> {
  const activation = await activationOf(compare.activation);
  const { points, powers } = compareDecomposition({ ...compare, activation });
  const incomplete = points
    .flatMap(({ exact, decomposed }) => [exact, decomposed])
    .find(({ outcome }) => outcome !== 'reached-end');
  if (incomplete !== undefined) throw argumentError(`curve ${label}: ${incomplete.message}`);
  const batchSize = points.map((point) => point.batchSize);
  if (show !== 'gaps') {
    const models = points.map((point) => point[show]);
    const columns = {
      batchSize,
      gammaDecay: points.map(({ gammaDecay }) => gammaDecay),
      gammaShortfall: models.map(({ gamma }) => 1 - gamma),
      maximumOverBatchSize: models.map(({ maximumLearningRate }, i) => maximumLearningRate / batchSize[i]!),
      finalError: models.map(({ trajectory }) => trajectory.generalizationError.at(-1)!),
      timeToThreshold: models.map(({ timeToThreshold }) => timeToThreshold),
    };
    return { config: compare, line: { columns } };
  }
  const gaps: Record<string, readonly number[]> = { batchSize };
  const fits: Record<string, readonly number[]> = { batchSize };
  const fitted: Record<string, number> = {};
  for (const name of gapNames) {
    gaps[name] = points.map((point) => Math.abs(point[name]));
    const law = powers[name];
    fits[name] = batchSize.map((m) => (law === undefined ? NaN : law.amplitude * m ** law.power));
    if (law !== undefined) fitted[name] = law.power;
  }
  return {
    config: compare,
    line: { columns: fits },
    marks: { config: compare, points: { columns: gaps } },
    powers: fitted,
  };
}

const FORMULA_POINTS = 201;

async function formulaData(curve: FormulaCurve): Promise<CurveData> {
  const expression = await parseExpression(curve.formula, 'x', 'formula');
  const { from, to } = curve;
  const x = equallySpaced(from, to, FORMULA_POINTS);
  return { config: curve, line: { columns: { x, y: x.map((value) => expression.value(value)) } } };
}

/**
 * Computes what a curve is drawn from.
 *
 * @throws (as a rejection) RangeError or TypeError, one line, for a bad configuration or a run that fails
 */
export async function curveData(curve: Curve, control: RunControl): Promise<CurveData> {
  switch (curve.kind) {
    case 'dynamics':
      return trajectoryData(curve, control);
    case 'maximum-learning-rate':
      return maximumData(curve);
    case 'decomposition':
      return decompositionData(curve);
    case 'generalization':
      return generalizationData(curve, control);
    case 'formula':
      return formulaData(curve);
  }
}
