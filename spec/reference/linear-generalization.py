"""Generalization of a linear student from averages over the Marchenko-Pastur law, to 32 digits.

    python3 spec/reference/linear-generalization.py           rewrites linear-generalization.json beside it
    python3 spec/reference/linear-generalization.py --check   also asks numpy for finite matrices (errors of order 1/N)

Nothing is taken from the equation for the Stieltjes transform: every number is an integral over the density
sqrt((x+ - x)(x - x-))/(2 pi x), x+- = (1 +- sqrt alpha)^2, in x itself, by tanh-sinh on decades. A weight vector
that is k(X^T X) X^T t has per eigenvalue x the filter x k(x) on the teacher and sqrt(x) k(x) on the noise; ridge has
k = 1/(x + lambda), gradient flow with the same penalty k = (1 - exp(-(x + lambda) tau))/(x + lambda).
"""

import sys

from mpmath import mp, mpf

from table import write

DIGITS = 32
WORKING_DIGITS = 50
mp.dps = WORKING_DIGITS


def text(x):
    return mp.nstr(x, DIGITS)


class Law:
    def __init__(self, load):
        self.load = mpf(load)
        root = mp.sqrt(self.load)
        self.low, self.high = (1 - root) ** 2, (1 + root) ** 2
        self.atom = max(mpf(0), 1 - self.load)
        self.sample_atom = max(mpf(0), 1 - 1 / self.load)

    def density(self, x):
        return mp.sqrt(abs((self.high - x) * (x - self.low))) / (2 * mp.pi * x)

    def edges(self, scales):
        """From low to high in factors of 4 away from the lower edge, starting well below the finest scale."""
        width = self.high - self.low
        step = min([width] + [mpf(s) for s in scales if s > 0] + ([self.low] if self.low > 0 else [])) / 64
        edges = [self.low]
        while step < width / 2:
            edges.append(self.low + step)
            step *= 4
        return edges + [self.high]

    def average(self, f, scales):
        """The continuous part only. mp.quad works to an absolute error, so the integrand is brought to the size 1."""
        edges = self.edges(scales)
        middles = [(a + b) / 2 for a, b in zip(edges, edges[1:])]
        size = max(abs(f(x) * self.density(x)) * (b - a) for x, a, b in zip(middles, edges, edges[1:]))
        return size * mp.quad(lambda x: f(x) * self.density(x) / size, edges) if size > 0 else mpf(0)


def learned(load, ridge, tau, noise, length):
    """tau None: the end of the flow."""
    law, ridge, noise, rho = Law(load), mpf(ridge), mpf(noise), mpf(length) ** 2
    scales = [ridge]
    if tau is not None:
        tau = mpf(tau)
        scales = [max(ridge, 1 / tau)] if tau > 0 else []

    def fade(x):
        return mpf(0) if tau is None else mp.exp(-(x + ridge) * tau)

    def k(x):
        return (1 - fade(x)) / (x + ridge)

    def left(x):
        return (ridge + x * fade(x)) / (x + ridge)

    on_noise = law.average(lambda x: x * k(x) ** 2, scales)
    m = law.average(lambda x: x * k(x), scales)
    q = rho * law.average(lambda x: (x * k(x)) ** 2, scales) + noise * on_noise
    rest = law.average(lambda x: left(x) ** 2, scales)
    error = rho * (rest + law.atom) + noise * on_noise
    training = (rho * law.average(lambda x: x * left(x) ** 2, scales) + noise * rest) / law.load
    training += noise * law.sample_atom
    result = {"gamma": mp.sqrt(q), "overlap": m * mp.sqrt(rho) / mp.sqrt(q) if q > 0 else None}
    result.update(generalizationError=error, trainingError=training)
    if tau is None and ridge > 0:
        result["susceptibility"] = law.average(lambda x: 1 / (x + ridge), scales) + law.atom / ridge
    return result


def texts(result):
    return {key: text(value) for key, value in result.items() if value is not None}


def ridge_case(load, decay, noise, length):
    values = texts(learned(load, mpf(load) * mpf(decay), None, noise, length))
    return {"load": load, "gammaDecay": decay, "noiseVariance": noise, "teacherLength": length, **values}


def flow_case(load, time, noise, length, decay):
    values = texts(learned(load, mpf(load) * mpf(decay), time, noise, length))
    given = {"load": load, "time": time, "noiseVariance": noise, "teacherLength": length, "gammaDecay": decay}
    return {**given, **values}


def stopping_case(load, noise, length):
    """The zero in tau of the slope, integral of exp(-tau x)(S (1 - exp(-tau x)) - rho x exp(-tau x)), over its last term."""
    law, s, rho = Law(load), mpf(noise), mpf(length) ** 2

    def slope(log_tau):
        tau = mp.exp(log_tau)
        rising = law.average(lambda x: mp.exp(-tau * x) * -mp.expm1(-tau * x), [1 / tau])
        return s * rising / (rho * law.average(lambda x: x * mp.exp(-2 * tau * x), [1 / tau])) - 1

    low = mp.log(mp.log(1 + rho * law.high / s) / law.high)
    high = mp.log(mp.log(1 + rho * law.low / s) / law.low) if law.low > 0 else mp.log(rho / s)
    mp.dps = 20
    start = mp.findroot(slope, (low, high), solver="anderson", tol=1e-15, verify=False)
    mp.dps = WORKING_DIGITS
    log_tau = mp.findroot(slope, (start, start + mpf(10) ** -8), solver="secant", tol=mpf(10) ** -40, verify=False)
    assert low < log_tau < high and abs(slope(log_tau)) < mpf(10) ** -36
    time = mp.exp(log_tau)
    error = learned(load, 0, time, noise, length)["generalizationError"]
    given = {"load": load, "noiseVariance": noise, "teacherLength": length}
    return {**given, "time": text(time), "generalizationError": text(error)}


NEAR_ONE = [1 - 1e-6, 1 + 1e-6, 1 - 1e-9, 1 + 1e-9]
RIDGE = (
    [(a, z, s, 1.0) for a in [0.2, 1.0, 5.0] for z, s in [(0.02, 0.0), (0.3, 0.1), (4.0, 2.0)]]
    + [(0.7, 0.1, 0.2, 2.5), (3.0, 0.1, 0.2, 0.3), (1.0, 0.01, 0.25, 1.0), (1.0, 0.1, 0.1, 1.0), (5.0, 0.02, 0.1, 1.0)]
    + [(a, z, 0.25, 1.0) for a in NEAR_ONE for z in [0.0, 1e-20, 1e-12, 1e-3]]
    + [(a, 0.0, 0.25, 1.5) for a in [1e-6, 0.3, 2.0, 1e6]]
    + [(a, z, 0.1, 1.0) for a in [1e-6, 1e6] for z in [1e-9, 1.0, 1e6]]
    + [(a, z, s, 1.0) for a in [0.5, 1.0, 2.0] for z in [1e-60, 1e-15, 1e15] for s in [0.0, 0.1]]
    + [(0.25, 3.0, 0.1, 1.0), (0.5, 1.0, 0.1, 1.0), (1 - 2.0**-30, 2.0**-30, 0.1, 1.0)]
)
FLOW = (
    [(a, t, 0.1, 1.0, 0.0) for a in [1e-3, 0.5, 1.0, 2.0, 1e3] for t in [0.0, 1e-6, 0.3, 5.0, 1e3, 1e6]]
    + [(a, t, 0.25, 1.0, 0.0) for a in NEAR_ONE + [0.99, 1.01] for t in [10.0, 1e4, 1e6, 1e12]]
    + [(a, t, 0.0, 1.0, 0.0) for a in [0.9, 1.0, 1.1, 3.0] for t in [2.0, 200.0, 1e4]]
    + [(1.0, 1e40, 0.1, 1.0, 0.0), (0.8, 3.0, 0.3, 2.5, 0.0)]
    + [(a, t, 0.2, 1.5, z) for a in [0.4, 1.0, 2.5] for t, z in [(0.5, 0.3), (40.0, 0.01), (1e4, 1e-3), (1e3, 1e-9)]]
)
STOPPING = [
    (0.5, 0.1, 1.0), (1.0, 0.1, 1.0), (2.0, 0.1, 1.0), (1.0, 1e-8, 1.0), (1 + 1e-6, 1e-4, 1.0),
    (0.01, 0.5, 2.0), (100.0, 10.0, 0.5), (1.0, 1e6, 1.0), (3.0, 1e-12, 1.0),
]  # fmt: skip


def check():
    import numpy as np

    rng = np.random.default_rng(1)
    n = 1500
    for load, lam, tau, noise in [(0.5, 0.1, None, 0.2), (2.0, 0.1, None, 0.2), (0.5, 0.0, 3.0, 0.2), (2.0, 0.3, 1.0, 0.2)]:
        p = int(load * n)
        x = rng.standard_normal((p, n)) / np.sqrt(n)
        star = rng.standard_normal(n)
        t = x @ star + np.sqrt(noise) * rng.standard_normal(p)
        values, vectors = np.linalg.eigh(x.T @ x)
        y = np.maximum(values, 1e-12) + lam
        k = 1 / y if tau is None else -np.expm1(-y * tau) / y
        w = vectors @ (k * (vectors.T @ (x.T @ t)))
        found = {
            "gamma": np.sqrt(w @ w / n),
            "overlap": w @ star / np.sqrt(w @ w * (star @ star)),
            "generalizationError": (w - star) @ (w - star) / n,
            "trainingError": np.mean((t - x @ w) ** 2),
        }
        wanted = learned(load, lam, tau, noise, 1)
        print(load, lam, tau, {key: (round(found[key], 4), mp.nstr(wanted[key], 5)) for key in found})


if __name__ == "__main__":
    if "--check" in sys.argv:
        check()
    else:
        head = {
            "source": "tanh-sinh integration of the Marchenko-Pastur density at 50 digits, 32 printed",
            "generator": "spec/reference/linear-generalization.py",
        }
        write(
            "linear-generalization",
            head,
            cases=[ridge_case(*c) for c in RIDGE],
            flow=[flow_case(*c) for c in FLOW],
            stopping=[stopping_case(*c) for c in STOPPING],
        )
