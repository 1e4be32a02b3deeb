import type { Activation } from '../gaussian/activation.js';
import { logistic, type Likelihood } from './likelihood.js';

/** Var(t|o) g′(z)², the curvature of the loss in the pre-activation z under the model's own labels. */
export function modelCurvature(
  { value, derivative }: Activation,
  { variance }: Likelihood,
): (z: number) => number {
  return (z) => variance(value(z)) * derivative(z) ** 2;
}

/**
 * The curvature that μ_B's part of ζ averages, as a function of the normalized field h̄. It is the model's at γh̄, except that
 * for ReLU with the squared loss the gate is replaced by sig(h̄), as published. Over a symmetric field both average to ½;
 * for other likelihoods the gate's companions are not even in h̄, the stand-in would be wrong, and the gate itself is used.
 */
export function meanCurvature(
  activation: Activation,
  likelihood: Likelihood,
  gamma: number,
): (field: number) => number {
  const isRelu = activation.slopes?.[0] === 1 && activation.slopes[1] === 0;
  if (isRelu && likelihood.name === 'gaussian') return logistic;
  const curvature = modelCurvature(activation, likelihood);
  return (field) => curvature(gamma * field);
}
