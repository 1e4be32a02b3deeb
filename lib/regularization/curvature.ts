import type { Activation, ActivationFunction } from '../gaussian/activation.js';
import { logistic, type Likelihood } from './likelihood.js';

/** Var(t|o) g′(z)², the curvature of the loss in the pre-activation z under the model's own labels. */
export function modelCurvature(
  { value, derivative }: ActivationFunction,
  { variance }: Likelihood,
): (z: number) => number {
  return (z) => variance(value(z)) * derivative(z) ** 2;
}

/** What averages over a shifted unit need to know of it. */
export type ShiftedUnit = Pick<Activation, 'name' | 'value' | 'derivative' | 'kinks'>;

/** g(z + β) as a function of z. */
export function shiftedUnit(activation: Activation, shift: number): ShiftedUnit {
  if (shift === 0) return activation;
  const { name, value, derivative, kinks } = activation;
  return {
    name,
    value: (z) => value(z + shift),
    derivative: (z) => derivative(z + shift),
    kinks: kinks.map((kink) => kink - shift),
  };
}

/** Whether the logistic function stands for the gate: ReLU with the squared loss. */
function hasStandIn({ slopes }: Activation, likelihood: Likelihood): boolean {
  return slopes?.[0] === 1 && slopes[1] === 0 && likelihood.name === 'gaussian';
}

/**
 * The curvature that μ_B's part of ζ averages, as a function of the normalized field h̄. It is the model's at γh̄ + β, except that
 * for ReLU with the squared loss the gate is replaced by sig(h̄), which knows neither γ nor β. Over a symmetric field both average to ½;
 * for other likelihoods the gate's companions are not even in h̄, the stand-in would be wrong, and the gate itself is used.
 */
export function meanCurvature(
  activation: Activation,
  likelihood: Likelihood,
  gamma: number,
  shift = 0,
): (field: number) => number {
  if (hasStandIn(activation, likelihood)) return logistic;
  const curvature = modelCurvature(activation, likelihood);
  return (field) => curvature(gamma * field + shift);
}

/** The same with γ and β inside the logistic function, sig(γh̄ + β), as reported; no other where nothing stands for a gate. */
export function reportedCurvature(
  activation: Activation,
  likelihood: Likelihood,
  gamma: number,
  shift: number,
): (field: number) => number {
  if (!hasStandIn(activation, likelihood)) return meanCurvature(activation, likelihood, gamma, shift);
  return (field) => logistic(gamma * field + shift);
}
