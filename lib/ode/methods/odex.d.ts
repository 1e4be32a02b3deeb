// The part of odex 2.0.4 that we use. The package ships TypeScript sources instead of declarations, which would be
// compiled under our own options; tsconfig `paths` leads here instead, and nothing here appears in our public types.
export declare enum Outcome {
  Converged = 0,
  MaxStepsExceeded = 1,
  EarlyReturn = 2,
}
export declare class Solver {
  constructor(dimension: number);
  maxSteps: number;
  initialStepSize: number;
  maxStepSize: number;
  relativeTolerance: number | number[];
  absoluteTolerance: number | number[];
  solve(
    derivative: (x: number, y: number[]) => ArrayLike<number>,
    x: number,
    y0: number[],
    xEnd: number,
    solOut?: (n: number, xOld: number, x: number, y: number[]) => boolean | undefined,
  ): { y: number[]; outcome: Outcome; nStep: number; nAccept: number; nReject: number; nEval: number };
}
