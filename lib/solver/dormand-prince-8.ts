import type { OdeProblem, Tolerances } from './problem.js';

/** An explicit step under error control. Whoever takes steps writes the slope at the first start and goes on from end to end. */
export interface ExplicitStep {
  /** The state at the end of the last attempt. */
  readonly next: Float64Array;
  /** The slope at the start of the step. */
  readonly slope: Float64Array;
  /**
   * Makes a step and writes `next`.
   *
   * @returns the estimated error over the tolerance, its root mean square over the components; NaN where the right-hand
   * side is not finite
   */
  attempt(time: number, state: ArrayLike<number>, h: number): number;
  /**
   * Moves on from the last attempt: writes the slope at its end.
   *
   * @returns h times the largest rate at which neighbouring states part or meet, as far as it was felt
   */
  accept(time: number, h: number): number;
}

/** Evaluations of the right-hand side by one attempt; `accept` makes one more. */
export const EVALUATIONS_PER_ATTEMPT = 11;

/**
 * The explicit Runge–Kutta method of order 8 with error estimates of orders 5 and 3, after Dormand and Prince: the coefficients
 * are those of the code DOP853 of Hairer, Nørsett & Wanner, Solving Ordinary Differential Equations I, section II.10,
 * rounded to doubles. All buffers are made here, none in a step.
 */
export function dormandPrince8({ derivative, initial }: OdeProblem, tolerances: Tolerances): ExplicitStep {
  const n = initial.length;
  const buffer = (): Float64Array => new Float64Array(n);
  const k1 = buffer();
  const k2 = buffer();
  const k3 = buffer();
  const k4 = buffer();
  const k5 = buffer();
  const k6 = buffer();
  const k7 = buffer();
  const k8 = buffer();
  const k9 = buffer();
  const k10 = buffer();
  const k11 = buffer();
  const k12 = buffer();
  const w = buffer();
  const next = buffer();
  const relative = Float64Array.from(tolerances.relative);
  const absolute = Float64Array.from(tolerances.absolute);

  function firstStages(t: number, y: ArrayLike<number>, h: number): void {
    for (let i = 0; i < n; i++) w[i] = y[i]! + h * (0.05260015195876773 * k1[i]!);
    derivative(t + 0.05260015195876773 * h, w, k2);
    for (let i = 0; i < n; i++)
      w[i] = y[i]! + h * (0.0197250569845379 * k1[i]! + 0.0591751709536137 * k2[i]!);
    derivative(t + 0.0789002279381516 * h, w, k3);
    for (let i = 0; i < n; i++)
      w[i] = y[i]! + h * (0.02958758547680685 * k1[i]! + 0.08876275643042054 * k3[i]!);
    derivative(t + 0.1183503419072274 * h, w, k4);
    for (let i = 0; i < n; i++)
      w[i] =
        y[i]! + h * (0.2413651341592667 * k1[i]! - 0.8845494793282861 * k3[i]! + 0.924834003261792 * k4[i]!);
    derivative(t + 0.2816496580927726 * h, w, k5);
    for (let i = 0; i < n; i++)
      w[i] =
        y[i]! +
        h * (0.037037037037037035 * k1[i]! + 0.17082860872947386 * k4[i]! + 0.12546768756682242 * k5[i]!);
    derivative(t + h / 3, w, k6);
    for (let i = 0; i < n; i++)
      w[i] =
        y[i]! +
        h *
          (0.037109375 * k1[i]! +
            0.17025221101954405 * k4[i]! +
            0.06021653898045596 * k5[i]! -
            0.017578125 * k6[i]!);
    derivative(t + 0.25 * h, w, k7);
  }

  function middleStages(t: number, y: ArrayLike<number>, h: number): void {
    for (let i = 0; i < n; i++)
      w[i] =
        y[i]! +
        h *
          (0.03709200011850479 * k1[i]! +
            0.17038392571223998 * k4[i]! +
            0.10726203044637328 * k5[i]! -
            0.015319437748624402 * k6[i]! +
            0.008273789163814023 * k7[i]!);
    derivative(t + 0.3076923076923077 * h, w, k8);
    for (let i = 0; i < n; i++)
      w[i] =
        y[i]! +
        h *
          (0.6241109587160757 * k1[i]! -
            3.3608926294469414 * k4[i]! -
            0.868219346841726 * k5[i]! +
            27.59209969944671 * k6[i]! +
            20.154067550477894 * k7[i]! -
            43.48988418106996 * k8[i]!);
    derivative(t + 0.6512820512820513 * h, w, k9);
    for (let i = 0; i < n; i++)
      w[i] =
        y[i]! +
        h *
          (0.47766253643826434 * k1[i]! -
            2.4881146199716677 * k4[i]! -
            0.590290826836843 * k5[i]! +
            21.230051448181193 * k6[i]! +
            15.279233632882423 * k7[i]! -
            33.28821096898486 * k8[i]! -
            0.020331201708508627 * k9[i]!);
    derivative(t + 0.6 * h, w, k10);
  }

  function lastStages(t: number, y: ArrayLike<number>, h: number): void {
    for (let i = 0; i < n; i++)
      w[i] =
        y[i]! +
        h *
          (-0.9371424300859873 * k1[i]! +
            5.186372428844064 * k4[i]! +
            1.0914373489967295 * k5[i]! -
            8.149787010746927 * k6[i]! -
            18.52006565999696 * k7[i]! +
            22.739487099350505 * k8[i]! +
            2.4936055526796523 * k9[i]! -
            3.0467644718982196 * k10[i]!);
    derivative(t + 0.8571428571428571 * h, w, k11);
    for (let i = 0; i < n; i++)
      w[i] =
        y[i]! +
        h *
          (2.273310147516538 * k1[i]! -
            10.53449546673725 * k4[i]! -
            2.0008720582248625 * k5[i]! -
            17.9589318631188 * k6[i]! +
            27.94888452941996 * k7[i]! -
            2.8589982771350235 * k8[i]! -
            8.87285693353063 * k9[i]! +
            12.360567175794303 * k10[i]! +
            0.6433927460157636 * k11[i]!);
    derivative(t + h, w, k12);
  }

  /** Writes the solution of order 8; gives back its error by the two embedded ones, as DOP853 weighs them. */
  function finish(y: ArrayLike<number>, h: number): number {
    let fifth = 0;
    let third = 0;
    for (let i = 0; i < n; i++) {
      // What the solution of order 8 and the embedded one of order 3 have in common.
      const common =
        4.450312892752409 * k6[i]! +
        1.8915178993145003 * k7[i]! -
        5.801203960010585 * k8[i]! -
        0.1521609496625161 * k10[i]! +
        0.20136540080403034 * k11[i]!;
      next[i] =
        y[i]! +
        h *
          (0.054293734116568765 * k1[i]! +
            common +
            0.3111643669578199 * k9[i]! +
            0.04471061572777259 * k12[i]!);
      const scale = absolute[i]! + relative[i]! * Math.max(Math.abs(y[i]!), Math.abs(next[i]!));
      const three =
        (common -
          0.18980075407240762 * k1[i]! -
          0.4226823213237919 * k9[i]! +
          0.02265179219836082 * k12[i]!) /
        scale;
      const five =
        (0.01312004499419488 * k1[i]! -
          1.2251564463762044 * k6[i]! -
          0.4957589496572502 * k7[i]! +
          1.6643771824549864 * k8[i]! -
          0.35032884874997366 * k9[i]! +
          0.3341791187130175 * k10[i]! +
          0.08192320648511571 * k11[i]! -
          0.022355307863886294 * k12[i]!) /
        scale;
      third += three * three;
      fifth += five * five;
    }
    if (fifth === 0 && third === 0) return 0;
    return (h * fifth) / Math.sqrt(n * (fifth + 0.01 * third));
  }

  return {
    next,
    slope: k1,
    attempt(time, state, h) {
      firstStages(time, state, h);
      middleStages(time, state, h);
      lastStages(time, state, h);
      return finish(state, h);
    },
    accept(time, h) {
      derivative(time + h, next, k1);
      // The last stage and the new state stand at one time, near each other: what parts their slopes is the largest rate.
      let slopes = 0;
      let states = 0;
      for (let i = 0; i < n; i++) {
        slopes += (k1[i]! - k12[i]!) ** 2;
        states += (next[i]! - w[i]!) ** 2;
      }
      return states > 0 ? h * Math.sqrt(slopes / states) : 0;
    },
  };
}
