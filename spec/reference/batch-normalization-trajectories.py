"""Solutions, fixed points and maximum learning rates of exact batch normalization with ReLU.

    python3 spec/reference/batch-normalization-trajectories.py           rewrites both tables (a minute)
    python3 spec/reference/batch-normalization-trajectories.py --check   the solutions again by DOP853

batch-normalization-trajectories.json, batch-normalization-learning-rates.json.  The coefficients of A, B, C are
tabulated once per batch size as Chebyshev series in phi on panels, in long double.
"""

import json
import pathlib
import sys

import numpy as np
from mpmath import mp, mpf

from batch_averages import coefficients, components, grids
from extrapolation import integrate
from gaussian_averages import averages, slopes
from sign_moments import long_double
from table import write

NODES, EDGES = 28, [0, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6]
KEYS = ["A0", "BoverSineSquare", "C0", "C1"]
GRID = (24, 5, 4, 36)
DIGITS, RATE_DIGITS = 13, 11
TIMES = [1, 2, 5, 10, 20, 50]
START = {"gamma": 0.5, "overlap": 0.1, "length": 1}


def exact(arithmetic, batch_size, phi, grid):
    """phi an mpf or a double."""
    x = arithmetic.real(phi)
    overlap, sine_square = arithmetic.cos(x), arithmetic.sin(x) ** 2
    parts = components(arithmetic, batch_size, overlap, sine_square, grid)
    return coefficients(arithmetic, batch_size, sine_square, parts, *map(float, slopes("relu")))


def series(values):
    """Chebyshev coefficients of a function with these values at cos(pi (k + 1/2)/n)."""
    n = len(values)
    values = [mpf(np.format_float_scientific(x, precision=24)) for x in values]
    return [mpf(2 if j else 1) / n * mp.fsum(v * mp.cos(mp.pi * j * (k + mpf(1) / 2) / n) for k, v in enumerate(values))
            for j in range(n)]


def evaluate(c, x):
    """Clenshaw."""
    ahead, here = 0 * x, 0 * x
    for a in reversed(c[1:]):
        ahead, here = here, a + 2 * x * here - ahead
    return c[0] + x * here - ahead


def panel(batch_size, low, high, nodes):
    arithmetic, grid = long_double(), grids(long_double(), batch_size, *GRID)
    low, high = mpf(low), mpf(high)
    at = [(low + high) / 2 + (high - low) / 2 * mp.cos(mp.pi * (k + mpf(1) / 2) / nodes) for k in range(nodes)]
    rows = [exact(arithmetic, batch_size, phi, grid) for phi in at]
    return low, high, [series([row[key] for row in rows]) for key in KEYS]


class Averages:
    """A0, B/sin^2, C0, C1 as functions of phi, and the constants A1, C2, CS."""

    def __init__(self, batch_size):
        arithmetic, grid = long_double(), grids(long_double(), batch_size, *GRID)
        self.panels = [panel(batch_size, a, b, NODES) for a, b in zip(EDGES, EDGES[1:])]
        rest = exact(arithmetic, batch_size, 1.0, grid)
        self.a1, self.c2, self.cs = (mpf(np.format_float_scientific(rest[k], precision=24)) for k in ("A1", "C2", "CS"))
        self.error = max(
            abs(evaluate(c, (2 * mpf(phi) - low - high) / (high - low)) - mpf(str(value[key]))) / abs(c[0])
            for low, high, parts in self.panels
            for phi in (float(low + (high - low) * mpf(f)) for f in (0.013, 0.29, 0.83))
            for value in [exact(arithmetic, batch_size, phi, grid)]
            for key, c in zip(KEYS, parts)
        )

    def __call__(self, gamma, phi, noise):
        """A, B/sin^2, C."""
        low, high, parts = next(p for p in self.panels if phi <= p[1])
        a0, b, c0, c1 = (evaluate(c, (2 * phi - low - high) / (high - low)) for c in parts)
        return a0 + gamma * self.a1, b, c0 + gamma * c1 + gamma**2 * self.c2 + noise * self.cs


def derivatives(table, noise, gamma, phi, eta, length=1):
    """d phi/dt, d gamma/dt, dL/dt."""
    a, b, c = table(gamma, phi, noise)
    rate = eta * gamma / length**2
    turn = -rate * mp.sin(phi) * b + rate**2 * c * mp.cos(phi) / (2 * mp.sin(phi))
    return turn, eta * a, rate**2 * length * c / 2


def solve(table, config, tolerance, columns):
    """[phi, gamma, length] at the times, both rates eta."""
    eta, noise = mpf(config["learningRate"]), mpf(config["noiseVariance"])
    f = lambda time, state: list(derivatives(table, noise, state[1], state[0], eta, state[2]))
    state = [mp.acos(mpf(START["overlap"])), mpf(START["gamma"]), mpf(START["length"])]
    return list(integrate(f, mpf(0), state, [mpf(t) for t in TIMES], tolerance, columns))


def trajectory(table, batch_size, noise):
    config = {"rule": "batch-normalization", "activation": "relu", "learningRate": 0.5, "gammaLearningRate": 0.5,
              "batchSize": batch_size, "noiseVariance": noise, "initial": START, "times": TIMES}
    rough, fine = solve(table, config, mpf(10) ** -15, 9), solve(table, config, mpf(10) ** -18, 11)
    results = []
    for time, state, other in zip(TIMES, fine, rough):
        worst = max(abs(a - b) / abs(a) for a, b in zip(state, other))
        assert worst < mpf(10) ** -DIGITS, (batch_size, time, worst)
        phi, gamma, length = state
        row = {"overlap": mp.cos(phi), "misalignment": 2 * mp.sin(phi / 2) ** 2, "gamma": gamma, "length": length,
               "generalizationError": averages("relu", gamma, phi)["epsilon"]}
        results.append({"time": time, **{k: mp.nstr(v, DIGITS + 1) for k, v in row.items()}})
    return {**config, "results": results}


def at_zero(batch_size, width, nodes):
    """[value, second derivative in phi] at phi = 0 of A0, B/sin^2, C0, C1; there is no linear term."""
    _, high, parts = panel(batch_size, 0, width, nodes)
    out = []
    for c in parts:
        value, slope, curve = (mp.fsum(a * (-1) ** j * weight(j) for j, a in enumerate(c))
                               for weight in (lambda j: 1, lambda j: -j * j, lambda j: mpf(j * j * (j * j - 1)) / 3))
        assert abs(2 / high * slope) < mpf(10) ** -12 * abs(value), (batch_size, slope)
        out.append((value, (2 / high) ** 2 * curve))
    return out


def limits(table, noise, local):
    """gamma_0 and the limits of learning-rates.py, from d/dr = (d/d phi)^2 at r = 0."""
    (a0, a0_r), (b, _), (c0, c0_r), (c1, c1_r) = local
    gamma = -a0 / table.a1
    c, c_r = c0 + gamma * c1 + gamma**2 * table.c2 + noise * table.cs, c0_r + gamma * c1_r
    effective = 4 * b / (c_r - c)
    # Jacobian in (gamma, r): eta times [[p, q], [eta s, -d + eta e]].
    p, q = table.a1, a0_r
    s = gamma * c + gamma**2 * (c1 + 2 * gamma * table.c2) / 2
    d, e = 2 * gamma * b, gamma**2 * (c_r - c) / 2
    roots = [((d - p) / e, "complex pair"), (p * d / (p * e - q * s), "real")]
    return [gamma, effective, effective / gamma, *min(root for root in roots if root[0] > 0)]


def limit_case(table, batch_size, noise):
    one, other = (limits(table, noise, at_zero(batch_size, w, n)) for w, n in ((0.12, 20), (0.1, 18)))
    digits = int(min(-mp.log10(abs(a / b - 1) + mpf(10) ** -20) for a, b in zip(one[:4], other[:4])))
    assert digits >= RATE_DIGITS and one[4] == other[4], (batch_size, noise, digits, one, other)
    names = ("gammaZero", "linearEffective", "linearReduced", "spectral")
    return {"rule": "batch-normalization", "activation": "relu", "batchSize": batch_size, "noiseVariance": noise,
            "gammaDecay": 0, **{k: mp.nstr(v, 16) for k, v in zip(names, one)}, "spectralCrossing": one[4],
            "digits": digits}


def stationary(table, batch_size, noise, eta):
    """Zero of (d gamma/dt, dr/dt) at L = 1, both rates eta, followed from small eta; eigenvalues in (gamma, r)."""
    def flow(gamma, phi, rate):
        turn, d_gamma, _ = derivatives(table, mpf(noise), gamma, phi, rate)
        return d_gamma, mp.sin(phi) * turn  # dr/dt = sin(phi) d phi/dt

    gamma, phi = mpf(1), mp.sqrt(mpf(eta)) / 16
    for k in range(1, 17):
        rate = mpf(eta) * k / 16
        gamma, phi = mp.findroot(lambda x, y: [z / rate for z in flow(x, y, rate)], (gamma, phi))
    assert gamma > 0 and 0 < phi < EDGES[-1]
    rate = mpf(eta)
    a, c = (mp.diff(lambda x: flow(x, phi, rate)[k], gamma) for k in (0, 1))
    b, d = (mp.diff(lambda y: flow(gamma, y, rate)[k], phi) / mp.sin(phi) for k in (0, 1))
    root = mp.sqrt(mp.mpc((a - d) ** 2 + 4 * b * c))
    text = lambda x: mp.nstr(x, DIGITS)
    return {"rule": "batch-normalization", "activation": "relu", "batchSize": batch_size, "noiseVariance": noise,
            "gammaDecay": 0, "learningRate": eta, "gamma": text(gamma), "overlap": text(mp.cos(phi)),
            "misalignment": text(2 * mp.sin(phi / 2) ** 2),
            "eigenvalues": [[text(x.real), text(x.imag)] for x in ((a + d + root) / 2, (a + d - root) / 2)]}


def check(table):
    """Double precision in (overlap, gamma, length) on averages computed afresh at every step, not from the table."""
    from scipy.integrate import solve_ivp

    arithmetic = long_double()
    for config in table:
        grid = grids(arithmetic, config["batchSize"], 12, 4, 4, 12)
        eta, noise = config["learningRate"], config["noiseVariance"]

        def f(time, state):
            overlap, gamma, length = state
            c = exact(arithmetic, config["batchSize"], float(np.arccos(overlap)), grid)
            b, square = c["B"], c["C0"] + gamma * c["C1"] + gamma**2 * c["C2"] + noise * c["CS"]
            rate = eta * gamma / length**2
            return np.array([rate * b - overlap * rate**2 * square / 2, eta * (c["A0"] + gamma * c["A1"]),
                             rate**2 * length * square / 2], dtype=float)

        out = solve_ivp(f, (0, 20), [START["overlap"], START["gamma"], START["length"]], "DOP853", TIMES[:5],
                        rtol=1e-11, atol=1e-13)
        worst = max(abs(x - float(row[k])) for y, row in zip(out.y.T, config["results"])
                    for x, k in zip(y, ("overlap", "gamma", "length")))
        print("M =", config["batchSize"], "S =", noise, "largest difference", worst)
        assert worst < 1e-9


def main():
    tables = {m: Averages(m) for m in (8, 32)}
    for m, table in tables.items():
        print("M =", m, "relative error of the tables", mp.nstr(table.error, 3))
        assert table.error < 1e-15
    write("batch-normalization-trajectories", {
        "source": "extrapolated midpoint rule, two orders and tolerances, on Chebyshev tables of exact averages",
        "generator": "python3 spec/reference/batch-normalization-trajectories.py",
        "digits": DIGITS - 1,
        "definitions": {"generalizationError": "E[(g(u) - output)^2], no label noise, population statistics",
                        "misalignment": "1 - overlap to full relative precision"},
    }, cases=[trajectory(table, m, noise) for m, table in tables.items() for noise in (0.05, 0)])
    write("batch-normalization-learning-rates", {
        "source": "second derivatives in phi at overlap 1 of Chebyshev fits to exact averages, two fits",
        "generator": "python3 spec/reference/batch-normalization-trajectories.py",
        "digits": {"normalized": RATE_DIGITS, "stationaryPoints": DIGITS - 1},
        "definitions": {
            "gammaZero": "zero of A at overlap 1",
            "linearEffective": "eta gamma_0/L^2 at which the coefficient of r = 1 - overlap in dr/dt vanishes, "
            "gamma = gamma_0, L frozen",
            "linearReduced": "the same limit as eta/L^2",
            "spectral": "smallest eta = eta_gamma at L = 1 where the Jacobian in (gamma, r) at (gamma_0, r = 0) has an "
            "eigenvalue of real part zero (linearized where dr/dt > 0: overlap 1 is no fixed point of a finite batch)",
            "spectralCrossing": "whether a real eigenvalue or a complex pair gets there",
            "stationaryPoints": "zero of (d gamma/dt, dr/dt) with L = 1 frozen, learningRate = gammaLearningRate; "
            "eigenvalues [real, imaginary] of the Jacobian in (gamma, r)",
        },
    }, normalized=[limit_case(tables[m], m, noise) for m in tables for noise in (0, 0.05)],
        stationaryPoints=[stationary(tables[m], m, noise, eta) for m, noise in ((8, 0), (8, 0.05), (32, 0.25))
                          for eta in (0.5, 2.0, 10.0)])


if __name__ == "__main__":
    mp.dps = 30
    if "--check" in sys.argv:
        check(json.loads(pathlib.Path(__file__).with_suffix(".json").read_text())["cases"])
    else:
        main()
