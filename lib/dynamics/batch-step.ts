/** What one minibatch of M samples shows of the inputs: everything a step depends on besides the state. */
export interface BatchFields {
  /** Teacher fields u_i = w*·x_i/√N, M of them. */
  readonly teacher: Float64Array;
  /** Student fields v_i = w·x_i/‖w‖, M of them. */
  readonly student: Float64Array;
  /** Label noise ξ_i, M of them. */
  readonly noise: Float64Array;
}

/** The update a step asks for: w += (Σ_i onInputs[i] x_i + onStudent·ŵ)/√N, ŵ = w/‖w‖, scale += scaleChange/N, γ for most rules. */
export interface StepCoefficients {
  /** Coefficient of each input x_i in √N times the change of w, M of them. */
  readonly onInputs: Float64Array;
  /** Coefficient of ŵ in √N times the change of w. */
  onStudent: number;
  /** N times the change of the output scale. */
  scaleChange: number;
}

/**
 * The discrete step of a rule (docs/theory/dynamics.md): fields in, coefficients out. It knows neither N nor the inputs, so
 * a simulation that draws inputs and one that draws only fields run on the same code.
 */
export interface BatchStep {
  /** M ≥ 1, samples per step. */
  readonly batchSize: number;
  /** S ≥ 0, variance of the label noise. */
  readonly noiseVariance: number;
  /**
   * Writes the coefficients of one step at time t = steps/N of a student on these M samples to `out`, in which they are zero; what does
   * not change can be left so.
   *
   * @param state the student's, laid out as the rule's; its overlap is NaN, since a step knows nothing of the teacher but its fields
   */
  readonly compute: (
    time: number,
    state: ArrayLike<number>,
    fields: BatchFields,
    out: StepCoefficients,
  ) => void;
}

/** Room for the coefficients of a batch of M samples. */
export function stepCoefficients(batchSize: number): StepCoefficients {
  return { onInputs: new Float64Array(batchSize), onStudent: 0, scaleChange: 0 };
}

/** Sets all coefficients to zero. */
export function clearCoefficients(coefficients: StepCoefficients): void {
  // A loop: fill costs more for the few samples of most batches.
  const { onInputs } = coefficients;
  for (let i = 0; i < onInputs.length; i++) onInputs[i] = 0;
  coefficients.onStudent = 0;
  coefficients.scaleChange = 0;
}
