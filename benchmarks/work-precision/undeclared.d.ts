// What the benchmark uses of integrators that ship no declarations.

declare module 'numeric' {
  const numeric: {
    dopri(
      from: number,
      until: number,
      initial: number[],
      derivative: (time: number, state: number[]) => number[],
      tolerance: number,
      mostSteps: number,
    ): { x: number[]; y: number[][]; msg?: string };
  };
  export default numeric;
}

declare module 'ode45-cash-karp' {
  export default function (
    initial: Float64Array,
    derivative: (out: Float64Array, state: Float64Array, time: number) => void,
    from: number,
    firstStep: number,
    options: { tol: number; verbose: boolean },
  ): { readonly y: Float64Array; step(until: number): boolean };
}

declare module 'ode-rk4' {
  export default function (
    initial: Float64Array,
    derivative: (out: Float64Array, state: Float64Array, time: number) => void,
    from: number,
    step: number,
  ): { readonly y: Float64Array; steps(count: number): void };
}
