import type { Kind } from './mutate.js';

/** Mutations of some kinds at a place (see `Mutation`), what lies inside included, and why no spec notices them. */
type Equivalent = readonly [file: string, place: string, kinds: readonly Kind[], reason: string];

const GUESS = 'a first guess, or a bracket: the root that is found from it is the same';
const PATH = 'the path of a search, which ends at the same place or is not taken for one';
const SPLIT = 'how finely something is integrated or tabulated, to the same digits';
const SIZE = 'a size that an error is judged by, to an order of magnitude';
const SWITCH = 'where one way takes over from another that gives the same';
const PACE = 'how long a piece of work is, or when it rests';
const SYMMETRIC = 'nodes lie symmetrically about 0';
const LONGER = 'a longer array holds as much';
const SCALE = 'a density that is divided by its integral afterwards';

/** What the rules cannot tell by syntax. A mutation that survives is a gap in the specs first of all: this list is short. */
export const EQUIVALENT: readonly Equivalent[] = [
  [
    'lib/dynamics/rules/weight-normalization.ts',
    'weightDrift.writeGradient.out[5]',
    ['term'],
    'E[g′²] does not depend on R',
  ],
  [
    'lib/random/normal-deviates.ts',
    'drawTail.beyond',
    ['term'],
    '1 − 2u is uniform, too, and NaN is drawn again',
  ],
  ['lib/networks/layer.ts', 'layLayer.framed', ['term'], LONGER],
  ['lib/networks/layer.ts', 'layLayer.input', ['value'], LONGER],
  ['lib/random/normal-deviates.ts', 'layerWidths', ['constant'], GUESS],
  ['lib/numerics/special-functions.ts', 'normalHalfWidth.x', ['term', 'sign'], GUESS],
  ['lib/gaussian/batch/laws.ts', 'batchLaws.deviationDensity', ['term', 'value'], SCALE],
  [
    'lib/gaussian/batch/pairs.ts',
    'constantPairs.field',
    ['term'],
    'a distance from R = ±1 that changes 1e-8',
  ],
  ['lib/gaussian/batch/pairs.ts', 'pairRule', ['constant'], SPLIT],
  ['lib/gaussian/batch/quadrature-table.ts', 'OVERLAP_EDGES', ['sign', 'constant'], SPLIT],
  ['lib/gaussian/batch/quadrature.ts', 'batchQuadrature.addBatch.out[5]', ['term', 'sign'], SIZE],
  ['lib/gaussian/batch/quadrature.ts', 'batchQuadrature.addBatch.out[6]', ['term'], SIZE],
  ['lib/gaussian/batch/shrinkage.ts', 'shrinkRule.shaped', ['value'], SCALE],
  ['lib/gaussian/batch/table.ts', 'byMisalignment.nodes', ['constant'], SPLIT],
  ['lib/numerics/chebyshev-cells.ts', 'CHECKS', ['constant'], 'any places between the points serve as well'],
  ['lib/numerics/chebyshev-cells.ts', 'trustedCell.largest', ['value'], SIZE],
  ['lib/gaussian/finite-difference-gradient.ts', 'alignedDerivative.nodes', ['term'], SPLIT],
  ['lib/numerics/finite-differences.ts', 'centralDerivative.step', ['value'], SPLIT],
  ['lib/gaussian/orthant-moments.ts', 'probability4.back', ['sign'], SYMMETRIC],
  [
    'lib/gaussian/batch/sphere-polynomials.ts',
    'spherePolynomials.count',
    ['constant'],
    'four terms count at any batch',
  ],
  ['lib/generalization/saddle/interpolation-threshold.ts', 'interpolationThreshold.high', ['term'], GUESS],
  ['lib/generalization/saddle/linear-point.ts', 'linearPartOf.integrand.out[3]', ['value'], SIZE],
  ['lib/generalization/saddle/saddle-equations.ts', 'saddleEquations.iterate.out[2]', ['value'], PATH],
  [
    'lib/generalization/saddle/saddle-equations.ts',
    'saddleEquations.stopAtKink',
    ['sign', 'condition'],
    PATH,
  ],
  ['lib/generalization/saddle/saddle-equations.ts', 'saddleEquations.weight', ['term', 'constant'], SIZE],
  ['lib/generalization/saddle/saddle-search.ts', 'hasSettled', ['sign', 'value'], PATH],
  [
    'lib/generalization/channels/short-step.ts',
    'shortStepAverages.clearance',
    ['condition', 'extreme'],
    SPLIT,
  ],
  ['lib/generalization/channels/short-step.ts', 'shortStepAverages.holds.size', ['value'], SWITCH],
  [
    'lib/generalization/saddle/solve-saddle.ts',
    'difficultyOf.v',
    ['value'],
    'said to a person, to two digits',
  ],
  ['lib/generalization/channels/labels/step-integral.ts', 'stepIntegral.error', ['value'], SIZE],
  [
    'lib/generalization/channels/labels/step-integral.ts',
    'stepIntegral.relativeError.relative',
    ['term'],
    SIZE,
  ],
  [
    'lib/generalization/channels/two-slope-channel.ts',
    'twoSlopeChannel.average',
    ['constant'],
    'a plane, known by any multiple',
  ],
  ['lib/generalization/saddle/zero-decay.ts', 'FEW_DECAYS', ['constant'], PATH],
  ['lib/generalization/saddle/zero-decay.ts', 'limitUnknowns.limit[2]', ['sign', 'value'], GUESS],
  [
    'lib/generalization/saddle/zero-decay.ts',
    'searchLimit.iterations',
    ['term'],
    'a count of work that no result depends on',
  ],
  ['lib/regularization/batch-loss.ts', 'averageOverDeviation.s', ['sign'], SYMMETRIC],
  ['lib/numerics/lbfgs.ts', 'curvatureMemory.remember.count', ['term'], PATH],
  ['lib/numerics/lbfgs.ts', 'minimize.search.lower', ['sign'], PATH],
  ['lib/training/minibatch-student.ts', 'trainedByMinibatches.roundEnd', ['value'], PACE],
  ['lib/training/minibatch-student.ts', 'trainedByMinibatches.turnEnd', ['term'], PACE],
  ['lib/ode/methods/automatic.ts', 'automaticMethod.isEnough.limitedSteps', ['term'], SWITCH],
  ['lib/ode/steps/collocation.ts', 'collocation.improve.value', ['term'], PATH],
  ['lib/ode/steps/collocation.ts', 'collocation.tolerance', ['term'], SIZE],
  ['lib/ode/steps/explicit-steps.ts', 'explicitSteps.advance.now', ['value'], SWITCH],
  ['lib/ode/steps/implicit-steps.ts', 'implicitSteps.attempt.largestError', ['value'], PATH],
  ['lib/ode/steps/method-of-steps.ts', 'insideByIntegration.stateAt.ending', ['term'], GUESS],
  ['lib/ode/steps/order-control.ts', 'orderControl.best', ['term', 'sign', 'constant'], PATH],
  ['lib/ode/steps/order-control.ts', 'orderControl.target', ['extreme'], GUESS],
  ['lib/ode/steps/resolved-inside.ts', 'guessFromEnds', ['term'], GUESS],
  ['lib/ode/segments.ts', 'segmentsOf.high', ['term'], 'any few units in the last place beside a break do'],
  [
    'lib/ode/steps/semi-implicit-midpoint.ts',
    'semiImplicitMidpoint.otherTime',
    ['sign'],
    'any time near serves a difference',
  ],
  ['lib/trajectory/varying-rates.ts', 'varies.at', ['term'], 'any places show whether a rate varies'],
  ['lib/stability/fixed-point.ts', 'newtonFrom.damping', ['constant'], PATH],
  ['lib/stability/fixed-point.ts', 'newtonFrom.residual', ['value'], PATH],
  ['lib/stability/stationary-maximum.ts', 'followStationary.farthest', ['value'], PATH],
  ['lib/stability/stationary-maximum.ts', 'followStationary.smallest', ['value'], PATH],
  ['lib/stability/stationary-maximum.ts', 'limitOf', ['extreme'], 'a fallback that no known branch takes'],
  [
    'lib/generalization/linear/batch-normalized.ts',
    'batchOfDeviation.miss',
    ['value'],
    'it is compared with itself',
  ],
  ['lib/ode/steps/written-step.ts', 'writtenAttempt.key', ['sign'], 'a key, of other numbers'],
  ['lib/simulation/simulate.ts', 'turnOf', ['value'], PACE],
  ['lib/stability/learning-rates.ts', 'search.found.numbers', ['term'], 'a share of the bar'],
  ['lib/stability/stationary-maximum.ts', 'followStationary', ['sign'], SIZE],
];
