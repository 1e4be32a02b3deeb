import type { OrderParameterSystem } from '../dynamics/system.js';
import { learningRateForms, type LearningRateFamily } from './family.js';
import { linearMaximum, spectralMaximum } from './maximum-learning-rate.js';
import { isSilent } from './stationary-branch.js';
import type { StationarySearch } from './stationary-maximum.js';

/** A limit of the learning rate in both forms; undefined where there is none. */
export interface LearningRateLimit {
  /** ηγ/L² (SGD: η). */
  readonly effective: number | undefined;
  /** η/L² (SGD: η). */
  readonly reduced: number | undefined;
}

/**
 * How large the learning rate may be, each number with its sense. The headline, `effective` and `reduced`, is that of `sense`; what
 * does not exist is undefined, and `message` says why.
 */
export interface MaximumLearningRate extends LearningRateLimit {
  /**
   * What the headline is: where the stationary state is lost, for a rule whose order parameters all come to rest; or `frozenLength`,
   * for a normalized rule, which has no maximum once its length is free.
   */
  readonly sense: 'stationary' | 'frozen length';
  /** Where the coefficient of r = 1 − R in dr/dt changes sign at the fixed point (γ₀, R = 1), the length held there. */
  readonly frozenLength: LearningRateLimit;
  /**
   * Where the greatest real part of the spectrum of the full Jacobian there is zero, complex pairs included: it may depend on
   * η_γ/η. The same as `frozenLength` where the noise vanishes at R = 1.
   */
  readonly spectral: LearningRateLimit;
  /**
   * η/L² (SGD: η) at which the stationary point, noise included, ends or loses stability, as far as it was followed, to 100 times the
   * batch size.
   */
  readonly stationary: number | undefined;
  /** What a reader has to know of these numbers; undefined where they agree and nothing is held. */
  readonly message: string | undefined;
}

/** Maxima η at the fixed point, Infinity where there is none. */
interface Maxima {
  readonly frozenLength: number;
  readonly spectral: number;
  /** Whether the gradient noise vanishes at R = 1, so that it is a fixed point at every η. */
  readonly silent: boolean;
}

/** The maxima at the fixed point, which no search along a branch is needed for. */
export function maximaAt<Name extends string>(
  family: LearningRateFamily<Name>,
  aligned: Float64Array,
): Maxima {
  return {
    frozenLength: linearMaximum(family, aligned),
    spectral: spectralMaximum(family, aligned),
    silent: isSilent(family, aligned),
  };
}

/** Whether every order parameter of a rule comes to rest, its length too. */
function restsWholly<Name extends string>({ settling, layout }: OrderParameterSystem<Name>): boolean {
  return layout.names.every((name) => settling.includes(name));
}

const FREE_LENGTH =
  'the length is held in all of them: free, it grows until the reduced learning rate is small enough, so that none is too large';

/** What there is to say of the stationary maximum, with the farthest that was looked at, in units of η/L². */
function stationaryRemark(
  { maximum, lostAt, givesWay = false }: StationarySearch,
  perLearningRate: number,
  farthest: number,
): string[] {
  if (lostAt !== undefined)
    return [
      `the stationary point could not be followed beyond a reduced rate of ${lostAt * perLearningRate}`,
    ];
  if (maximum === Infinity)
    return [`the stationary point is not lost up to a reduced learning rate of ${farthest}`];
  if (maximum === undefined) return ['no stable stationary point was found at small learning rates'];
  return givesWay ? ['beyond its maximum R = 1 gives way to a stationary state of R < 1'] : [];
}

function fixedPointRemarks({ frozenLength, spectral, silent }: Maxima): string[] {
  const missing = Object.entries({ 'frozen-length': frozenLength, spectral })
    .filter(([, maximum]) => maximum === Infinity)
    .map(([name]) => name);
  return [
    ...(missing.length === 0
      ? []
      : [
          `no ${missing.join(' or ')} maximum: at the fixed point gradient noise never outgrows the pull towards the teacher`,
        ]),
    ...(silent
      ? []
      : ['R = 1 is not a fixed point here, since gradient noise stays positive there: the senses differ']),
  ];
}

/**
 * The maxima of a rule in their senses.
 *
 * @param unit the rule at η = 1
 * @param searched what following the branch of stationary points gave; undefined where it was not followed
 * @param largest η up to which it was
 */
export function maximumInSenses<Name extends string>(
  unit: OrderParameterSystem<Name>,
  aligned: Float64Array,
  maxima: Maxima,
  searched: StationarySearch | undefined,
  largest: number,
): MaximumLearningRate {
  const limit = (learningRate: number | undefined): LearningRateLimit =>
    learningRate === undefined || learningRate === Infinity
      ? { effective: undefined, reduced: undefined }
      : learningRateForms(unit, aligned, learningRate);
  const frozenLength = limit(maxima.frozenLength);
  const stationary = limit(searched?.maximum);
  const wholly = restsWholly(unit);
  const perLearningRate = learningRateForms(unit, aligned, 1).reduced;
  const remarks = [
    ...fixedPointRemarks(maxima),
    ...(searched === undefined ? [] : stationaryRemark(searched, perLearningRate, largest * perLearningRate)),
    ...(wholly ? [] : [FREE_LENGTH]),
  ];
  return {
    ...(wholly ? stationary : frozenLength),
    sense: wholly ? 'stationary' : 'frozen length',
    frozenLength,
    spectral: limit(maxima.spectral),
    stationary: stationary.reduced,
    message: remarks.length === 0 ? undefined : remarks.join('; '),
  };
}
