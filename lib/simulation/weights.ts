/** 1 − R = ½‖ŵ − ŵ*‖² to the teacher w* = (1, …, 1) of weights of a given norm, which keeps its digits near R = 1. */
export function misalignmentOf(weights: Float64Array, norm: number): number {
  const teacher = 1 / Math.sqrt(weights.length);
  let square = 0;
  for (let k = 0; k < weights.length; k++) square += (weights[k]! / norm - teacher) ** 2;
  return square / 2;
}
