import type { NormalizedOrderParameter } from '../../lib/dynamics/normalized-system.js';
import type { OrderParameterSystem } from '../../lib/dynamics/system.js';
import type { LearningRateFamily } from '../../lib/stability/family.js';
import { reference } from '../support/reference.js';
import { ruleOf, type RuleCase } from '../support/rules.js';

/** A rule of the reference tables without its learning rate; η_γ = η. */
export interface FamilyCase {
  rule: string;
  activation: string;
  batchSize: number;
  noiseVariance: number;
  gammaDecay?: number;
}

/** The rule of a case at each learning rate; with a third argument η_γ stays at that value. */
export function familyOf(entry: FamilyCase, gammaLearningRate?: number): LearningRateFamily {
  return (learningRate) => {
    const complete: RuleCase = { ...entry, learningRate };
    if (gammaLearningRate !== undefined) complete.gammaLearningRate = gammaLearningRate;
    return ruleOf(complete);
  };
}

/** How a case is called in a title. */
export function nameOf({ rule, activation, batchSize, noiseVariance, gammaDecay }: FamilyCase): string {
  const decay = gammaDecay === undefined ? '' : `, ζ = ${gammaDecay}`;
  return `${rule}, ${activation}, M = ${batchSize}, S = ${noiseVariance}${decay}`;
}

export interface NormalizedCase extends FamilyCase {
  gammaZero: string;
  linearEffective: string | null;
  linearReduced: string | null;
  spectral: string | null;
}

export interface SgdCase extends FamilyCase {
  linear: string;
  spectral: string;
}

export interface StationaryCase extends FamilyCase {
  learningRate: number;
  gamma: string;
  overlap: string;
  misalignment: string;
  /** [real, imaginary], each. */
  eigenvalues: [string, string][];
}

interface LearningRateTable {
  normalized: NormalizedCase[];
  sgd: SgdCase[];
  stationaryPoints: StationaryCase[];
}

/** spec/reference/learning-rates.json: 30 digits, from numerical derivatives in higher precision. */
export const learningRateTable = reference('learning-rates') as unknown as LearningRateTable;

/** In the tables null stands for a limit that is not finite. */
export function limitOf(text: string | null): number {
  return text === null ? Infinity : Number(text);
}

/** The same rule with its length held fixed. */
export function withFrozenLength(
  rule: OrderParameterSystem<NormalizedOrderParameter>,
): OrderParameterSystem<NormalizedOrderParameter> {
  const length = rule.layout.names.indexOf('length');
  return {
    ...rule,
    derivative(time, state, out) {
      rule.derivative(time, state, out);
      out[length] = 0;
    },
  };
}
