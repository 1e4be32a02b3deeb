/** Where to look for a saddle point. */
export interface SaddleStart {
  /** γ > 0 */
  readonly gamma: number;
  /** R from −1 to 1 */
  readonly overlap: number;
  /** V > 0, Infinity allowed; default 1/(λ + α/4) */
  readonly susceptibility?: number;
}

/** How far the numbers of a saddle point can be trusted. */
export interface SaddleDiagnostics {
  /**
   * Largest relative correction of γR, γ√(1 − R²) and V that Newton's method still asked for; that of V times λV + V^−½, or V^−1,
   * where this is below 1, next to a threshold. 0 for closed forms.
   */
  readonly residual: number;
  /** Steps of the search, fixed-point iteration and Newton's method together. */
  readonly iterations: number;
  /** Estimated relative error of the averages; 0 where they are in closed form. */
  readonly quadratureError: number;
  /** Density of the cavity field ω at the places where the Moreau step jumps. */
  readonly jumpDensity: number;
  /** αV²E[(∂f/∂ω)²] away from the jumps; replica symmetry is unstable above 1, and where the step jumps. */
  readonly replicon: number;
}

/** The student that minimizes the training objective at large (P, N), as replica symmetry tells it. */
export interface SaddlePoint {
  /** `not-converged`: no saddle point was found, the numbers are NaN, and `warning` says why or what to change. */
  readonly outcome: 'converged' | 'not-converged';
  /** α */
  readonly load: number;
  /** γ = √q */
  readonly gamma: number;
  /** R = m/(T√q) */
  readonly overlap: number;
  /** ε = E[(g*(u) − g(h))²], without label noise */
  readonly generalizationError: number;
  /** (1/P) Σ (t − g(h))² */
  readonly trainingError: number;
  /** ½ trainingError + ½ζγ², what training minimizes and the free energy of the saddle point */
  readonly objective: number;
  /** V; Infinity where a student without decay meets every label it can reach */
  readonly susceptibility: number;
  /** How far these numbers can be trusted. */
  readonly diagnostics: SaddleDiagnostics;
  /** Why the numbers may not be those of a trained student. */
  readonly warning?: string;
}
