/**
 * Statistical mechanics of learning with normalization: averages over Gaussian fields, learning rules and their
 * order-parameter equations, solvers, fixed points and learning rates, generalization curves, simulation, and
 * comparison of theory and simulation.
 */

// foundation
export type { RunControl } from './foundation/turns.js';
export { ArgumentRangeError, ArgumentTypeError, isArgumentError } from './foundation/argument-error.js';

// gaussian
export type {
  Activation,
  ActivationFunction,
  ActivationPair,
  FieldAverages,
  FieldFunction,
} from './gaussian/activation.js';
export { meanDeviation, meanInverseDeviation, meanInverseVariance } from './gaussian/batch/moments.js';
export {
  defineActivation,
  expressionActivation,
  type ActivationDefinition,
} from './gaussian/activations/custom.js';
export { erf } from './gaussian/activations/erf.js';
export { identity } from './gaussian/activations/identity.js';
export { leakyRelu } from './gaussian/activations/leaky-relu.js';
export { activationPair } from './gaussian/activations/pair.js';
export { relu } from './gaussian/activations/relu.js';
export { softplus } from './gaussian/activations/softplus.js';
export { fieldMoments, type FieldMoments } from './gaussian/field-moments.js';
export { orthantMoments, type OrthantMoments } from './gaussian/orthant.js';

// dynamics
export {
  batchNormalization,
  type BatchNormalizationParameters,
} from './dynamics/rules/batch-normalization.js';
export type { BatchFields, BatchStep, StepCoefficients } from './dynamics/batch-step.js';
export type { NormalizedOrderParameter } from './dynamics/normalized-system.js';
export type { RuleParameters, TeacherParameters } from './dynamics/parameters.js';
export {
  expressionSchedule,
  piecewiseSchedule,
  type PiecewiseRate,
  type Schedule,
  type VaryingRate,
} from './dynamics/schedule.js';
export { sgd, type SgdOrderParameter, type SgdParameters } from './dynamics/rules/sgd.js';
export { layoutOf, type Block, type Initial, type Kind, type Layout } from './dynamics/layout.js';
export type { Gradient, Observable, OrderParameterSystem, StateFunction } from './dynamics/system.js';
export { populationNormalization } from './dynamics/rules/population-normalization.js';
export {
  weightNormalization,
  type WeightNormalizationParameters,
} from './dynamics/rules/weight-normalization.js';

// solver
export type { Crossing, OdeEvent } from './ode/events.js';
export { implicitExtrapolation } from './ode/methods/implicit-extrapolation.js';
export { mathjsRungeKutta } from './ode/methods/mathjs.js';
export type { Inside, Interpolant, MethodEnding, OdeMethod, Start, Statistics, Steps } from './ode/method.js';
export { odex } from './ode/methods/odex.js';
export type { Node, OdeProblem, StepLimits, Tolerances } from './ode/problem.js';
export type { DerivedQuantity, Quantity } from './dynamics/quantity.js';
export { rungeKutta8 } from './ode/methods/runge-kutta-8.js';
export type { OdeSolution, Outcome } from './ode/solution.js';
export { solve, solveAsync, type LevelEvent, type SolveOptions } from './trajectory/solve.js';
export {
  solveFluctuations,
  solveFluctuationsAsync,
  type FluctuatingTrajectory,
} from './trajectory/solve-fluctuations.js';
export {
  solveProblem,
  solveProblemAsync,
  type GivenProblem,
  type SolveProblemOptions,
} from './ode/solve-problem.js';
export type { Trajectory, TrajectoryEvent } from './trajectory/trajectory.js';

// stability
export type { LearningRateFamily, LearningRateForms } from './stability/family.js';
export type { LearningRateLimit, MaximumLearningRate } from './stability/maximum-senses.js';
export type { RestingState } from './stability/resting-state.js';
export {
  stationaryStates,
  stationaryStatesAsync,
  type StationaryState,
  type StationaryStatesOptions,
} from './stability/stationary-states.js';
export {
  learningRates,
  learningRatesAsync,
  type LearningRates,
  type LearningRatesOptions,
} from './stability/learning-rates.js';
export {
  linearMaximum,
  linearMaximumByDifferences,
  maximumByBisection,
  spectralMaximum,
} from './stability/maximum-learning-rate.js';
export { alignedFixedPoint, stationaryPoint } from './stability/fixed-point.js';
export {
  reportedBoundAsPopulation,
  reportedBoundExact,
  type ReportedBoundPoint,
} from './stability/reported-bound.js';
export { spectrum, type Eigenvalue } from './stability/spectrum.js';
export { stationaryMaximum } from './stability/stationary-maximum.js';

// simulation
export type { Estimate } from './numerics/statistics.js';
export type { Engine } from './simulation/engine.js';
export type { SimulateOptions } from './simulation/options.js';
export { simulate, simulateAsync, type Simulation } from './simulation/simulate.js';

export type {
  TrainStudentsOptions,
  DecayedStudentsOptions,
  MinibatchStudentsOptions,
} from './training/train-options.js';
export {
  trainStudents,
  trainStudentsAsync,
  type StudentQuantity,
  type TrainedStudents,
} from './training/train-students.js';

// generalization
export {
  batchNormalizedGeneralization,
  bestBatchSize,
  type BatchNormalizedGeneralization,
  type BatchNormalizedTask,
  type BestBatchSize,
  type StartLength,
  type TestStatistics,
} from './generalization/linear/batch-normalized.js';
export { bestStoppingTime, type BestStoppingTime } from './generalization/linear/best-stopping-time.js';
export {
  generalizationCurve,
  generalizationCurveAsync,
  type CurvePoint,
  type GeneralizationCurve,
} from './generalization/saddle/curve.js';
export {
  gradientFlow,
  type GradientFlowOptions,
  type GradientFlowPoint,
} from './generalization/linear/gradient-flow.js';
export { interpolationThreshold } from './generalization/saddle/interpolation-threshold.js';
export {
  linearGeneralization,
  type LinearGeneralization,
  type LinearTask,
} from './generalization/linear/linear.js';
export { batchSizeOfOptimalDecay, optimalGammaDecay } from './generalization/linear/optimal-decay.js';
export { saddlePoint } from './generalization/saddle/saddle-point.js';
export type { SaddleDiagnostics, SaddlePoint, SaddleStart } from './generalization/saddle/saddle-types.js';
export type { GeneralizationProblem } from './generalization/saddle/saddle-problem.js';

// regularization
export {
  asymptoticBatchStatisticsLaw,
  batchStatisticsLaw,
  type BatchFieldOptions,
  type BatchStatisticsLaw,
} from './regularization/batch-law.js';
export { batchLoss, type BatchLoss } from './regularization/batch-loss.js';
export {
  gammaDecayFromData,
  type GammaDecayFromDataOptions,
  type MeasuredGammaDecay,
} from './regularization/decay-from-data.js';
export {
  gammaDecayAtFixedPoint,
  gammaDecayFromState,
  type TeacherStudent,
} from './regularization/decay-from-state.js';
export type {
  GammaDecay,
  GammaDecayOptions,
  InformationReading,
  ShiftOptions,
} from './regularization/gamma-decay.js';
export { bernoulliLikelihood, gaussianLikelihood, type Likelihood } from './regularization/likelihood.js';
export {
  sampleBatchStatistics,
  type SampleBatchStatisticsOptions,
  type SampledBatchStatisticsLaw,
} from './regularization/sampled-batch-law.js';
export {
  sampleBatchLoss,
  type SampleBatchLossOptions,
  type SampledBatchLoss,
} from './regularization/sampled-batch-loss.js';
export type { Samples } from './regularization/standardized.js';

// comparison
export {
  compareStudents,
  type StudentComparison,
  type StudentTheory,
} from './comparison/students-and-theory.js';
export {
  compareDecomposition,
  compareDecompositionAsync,
  type Decomposition,
  type DecompositionOptions,
  type DecompositionPoint,
  type GapName,
} from './comparison/batch-decomposition.js';
export type { ComparedQuantity, ModelSummary, TrajectoryOptions } from './comparison/decomposition-model.js';
export { publishedGammaDecay, restingGamma } from './comparison/published-decay.js';
export { decayReadings, type DecayReadings } from './comparison/decay-readings.js';
export { fitPowerLaw, type PowerLaw } from './numerics/power-law.js';
export { hotellingTest, type HotellingTest } from './numerics/hotelling.js';
export {
  compareWithTheory,
  type Comparison,
  type TheoryComparison,
} from './comparison/theory-and-simulation.js';
