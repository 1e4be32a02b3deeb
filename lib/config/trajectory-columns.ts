/** The columns of a trajectory; vanilla SGD has no γ, its output scale is the length. */
export function trajectoryColumns(names: readonly string[]): [column: string, quantity: string][] {
  return [
    ['gamma', names.includes('gamma') ? 'gamma' : 'length'],
    ['overlap', 'overlap'],
    ['length', 'length'],
    ['generalizationError', 'generalizationError'],
    ['effectiveLearningRate', 'effectiveLearningRate'],
    ['reducedLearningRate', 'reducedLearningRate'],
    ['misalignment', 'oneMinusOverlap'],
  ];
}
