/** An entry of problems.json. */
export interface Problem {
  readonly name: string;
  readonly until: number;
  readonly learning?: LearningProblem;
  readonly system?: string;
  readonly initial?: readonly number[];
}

interface LearningProblem {
  readonly rule: string;
  readonly activation: string;
  readonly learningRate: number;
  readonly gammaLearningRate?: number;
  readonly gammaDecay?: number;
  readonly batchSize: number;
  readonly noiseVariance: number;
  readonly initial: { readonly gamma?: number; readonly overlap: number; readonly length: number };
}

/** Absolute tolerance over relative tolerance: of learning problems the floor 1e-20 only, as the package's default. */
export function atolFactor(problem: Problem): number {
  return problem.learning ? 0 : 1;
}

/** Mass of the moon in the problem of the Arenstorf orbit. */
export const MOON = 0.012277471;
/** ε of Van der Pol's equation. */
export const VAN_DER_POL = 1e-6;

const systems: Readonly<Partial<Record<string, readonly number[]>>> = {
  'lotka-volterra': [],
  arenstorf: [MOON],
  'van-der-pol': [VAN_DER_POL],
};

/**
 * SYSTEM, its parameters and its initial state as peers/right-hand-sides.h has them; undefined where it has none, which is
 * batch normalization with ReLU.
 */
export function systemOf({
  learning,
  system,
  initial,
}: Problem): [string, readonly number[], readonly number[]] | undefined {
  if (system !== undefined) return systems[system] && [system, systems[system], initial ?? []];
  if (!learning) return undefined;
  const {
    learningRate,
    gammaLearningRate = learningRate,
    gammaDecay = 0,
    batchSize,
    noiseVariance,
  } = learning;
  const { gamma = 0, overlap, length } = learning.initial;
  const state = [gamma, 1 - overlap, length];
  switch (`${learning.rule} ${learning.activation}`) {
    case 'weight-normalization relu':
      return [
        'normalized-relu',
        [learningRate, gammaLearningRate, gammaDecay, batchSize, noiseVariance],
        state,
      ];
    case 'batch-normalization identity':
      return ['bn-identity', [learningRate, gammaLearningRate, batchSize, noiseVariance], state];
    case 'sgd relu':
    case 'sgd erf':
      return [`sgd-${learning.activation}`, [learningRate, batchSize, noiseVariance], state.slice(1)];
    default:
      return undefined;
  }
}
