import { rangeError, requireInteger } from '../foundation/checks.js';
import type { RunControl } from '../foundation/turns.js';
import { compareWithTheory, type TheoryComparison } from '../comparison/theory-and-simulation.js';
import type { OrderParameterSystem } from '../dynamics/system.js';
import { simulateAsync, type Simulation } from '../simulation/simulate.js';
import { methodNamed } from '../ode/methods/index.js';
import { solveFluctuationsAsync, type FluctuatingTrajectory } from '../trajectory/solve-fluctuations.js';
import { solveAsync, type SolveOptions } from '../trajectory/solve.js';
import type { Trajectory } from '../trajectory/trajectory.js';
import { learningRatesAsync, type LearningRates } from '../stability/learning-rates.js';
import { completeRule, familyOf, ruleOf } from './rules.js';
import {
  dynamicsSchema,
  learningRatesSchema,
  parseConfig,
  simulateSchema,
  type DynamicsConfig,
  type LearningRatesConfig,
  type SimulateConfig,
} from './schema.js';
import { stopCondition } from './stop-condition.js';
import { completeTimes } from './times.js';

/** A result with the configuration, defaults filled in, that gives it again. */
export interface Configured<Config, Result> {
  readonly config: Config;
  readonly result: Result;
}

/** A trajectory, with its fluctuations where a dimension was given. */
export type ConfiguredTrajectory = Trajectory<string> | FluctuatingTrajectory<string>;

async function trajectoryOf(
  { dimension, rule: name }: DynamicsConfig,
  options: SolveOptions<string>,
  control: RunControl,
): Promise<ConfiguredTrajectory> {
  if (dimension === undefined) return solveAsync(options, control);
  requireInteger('dimension', dimension, 2);
  if (options.rule.stepCovariance === undefined) {
    throw rangeError(
      'dimension',
      `left out for rule ${name}: the covariance of its step is not known`,
      dimension,
    );
  }
  return solveFluctuationsAsync(options, control);
}

/** Solves the order-parameter equations that a configuration describes, with their fluctuations where it names a dimension. */
export async function runDynamics(
  given: DynamicsConfig,
  control: RunControl = {},
): Promise<Configured<DynamicsConfig, ConfiguredTrajectory>> {
  const { config: timesConfig, times } = completeTimes(given);
  const config = parseConfig(dynamicsSchema, { ...completeRule(given), ...timesConfig });
  const { until } = timesConfig;
  const rule = await ruleOf(config);
  const options: SolveOptions<string> = {
    rule,
    initial: config.initial as Record<string, number>,
    until,
    times,
    events: config.stopWhen === undefined ? [] : [stopCondition(config.stopWhen, rule)],
    method: await methodNamed(config.method),
    relativeTolerance: config.relativeTolerance,
    absoluteTolerance: config.absoluteTolerance,
    maxSteps: config.maxSteps,
    ...(config.maxStep === undefined ? {} : { maxStep: config.maxStep }),
    lengthBound: config.lengthBound,
    ...(config.stationaryTolerance === undefined ? {} : { stationaryTolerance: config.stationaryTolerance }),
  };
  return { config, result: await trajectoryOf(config, options, control) };
}

/** Finds the fixed points and learning rates that a configuration asks for. */
export async function runLearningRates(
  given: LearningRatesConfig,
  control: RunControl = {},
): Promise<Configured<LearningRatesConfig, LearningRates<string>>> {
  const config = parseConfig(learningRatesSchema, completeRule(given));
  const family = await familyOf(config);
  const options = { family, learningRate: Number(config.learningRate), length: config.length };
  return { config, result: await learningRatesAsync(options, control) };
}

/** A simulation, and its theory where that was asked for. */
export interface SimulationWithTheory {
  readonly simulation: Simulation<string>;
  readonly comparison: TheoryComparison<string> | undefined;
}

async function theoryOf(
  config: SimulateConfig,
  rule: OrderParameterSystem,
  simulation: Simulation<string>,
): Promise<TheoryComparison<string> | undefined> {
  if (!config.compare || (simulation.times.at(-1) ?? 0) === 0) return undefined;
  const initial = config.initial as Record<string, number>;
  const { times } = simulation;
  const theory = await solveAsync({ rule, initial, times, lengthBound: Number.MAX_VALUE });
  return theory.outcome === 'reached-end' ? compareWithTheory(simulation, theory) : undefined;
}

/** Runs the Monte Carlo experiment that a configuration describes. */
export async function runSimulation(
  given: SimulateConfig,
  control: RunControl = {},
): Promise<Configured<SimulateConfig, SimulationWithTheory>> {
  const { config: timesConfig, times } = completeTimes(given);
  const config = parseConfig(simulateSchema, { ...completeRule(given), ...timesConfig });
  if (config.load !== undefined && config.compare) {
    throw rangeError(
      'compare',
      'left out where load is given: the equations are those of fresh samples',
      true,
    );
  }
  const rule = await ruleOf(config);
  const simulation = await simulateAsync(
    {
      rule,
      initial: config.initial as Record<string, number>,
      times,
      dimension: config.dimension,
      runs: config.runs,
      seed: config.seed,
      ...(config.sweepPoint === undefined ? {} : { sweepPoint: config.sweepPoint }),
      engine: config.engine,
      ...(config.load === undefined ? {} : { load: config.load }),
      lengthBound: config.lengthBound,
    },
    control,
  );
  return { config, result: { simulation, comparison: await theoryOf(config, rule, simulation) } };
}
