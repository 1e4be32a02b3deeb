/**
 * Writes the second moments of p = (δv, δ(u − Rv), δ²), δ = (g*(u) + ξ − g(γv)) g′(γv), to out[0…5] as
 * E[p₁²], E[p₁p₂], E[p₁p₃], E[p₂²], E[p₂p₃], E[p₃²]. Domain: any finite γ, 0 ≤ φ ≤ π. Allocates nothing where there is a
 * closed form.
 */
export type SecondMoments = (gamma: number, phi: number, out: Float64Array) => void;
