"""Finite-batch averages A, B, C of exact batch normalization, ReLU and leaky ReLU, gamma > 0.

    python3 spec/reference/batch-normalization.py           rewrites batch-normalization.json (a minute)
    python3 spec/reference/batch-normalization.py --check   known values, limits, Monte Carlo, 40 digits (3 minutes)

Method and proofs in batch_averages.py.  Each case is computed on two grids; what they share is its `digits`.
"""

import math
import sys

import numpy as np
from mpmath import mp

from batch_averages import coefficients, components, grids
from gaussian_averages import averages, slopes
from sign_moments import long_double, multiple_precision
from table import write

BATCH_SIZES = [4, 5, 8, 16, 32, 64, 256, 4096]
OVERLAPS = [-1, -0.6, 0, 0.3, 0.6, 0.9, 0.95, 0.999, 1 - 1e-6, 1]
COARSE, FINE = (24, 5, 4, 36), (40, 8, 3, 46)
PRINTED = 18


def angle(arithmetic, phi):
    """cos phi, sin^2 phi; the ends are meant exactly."""
    if phi in (0, math.pi):
        return arithmetic.real(1 if phi == 0 else -1), arithmetic.real(0)
    x = arithmetic.real(phi)
    return arithmetic.cos(x), arithmetic.sin(x) ** 2


def point(arithmetic, batch_size, phi, grid):
    """activation -> coefficients."""
    overlap, sine_square = angle(arithmetic, phi)
    parts = components(arithmetic, batch_size, overlap, sine_square, grid)
    names = ("identity", "relu", "leaky-relu")
    return {name: coefficients(arithmetic, batch_size, sine_square, parts, *map(float, slopes(name))) for name in names}


def shared_digits(one, other):
    """Relative, but C1, which vanishes by symmetry at R = 0, against the largest of C0, C1, C2."""
    scale = {key: abs(x) for key, x in other.items() if x}
    scale["C1"] = max(scale.get(key, 0) for key in ("C0", "C1", "C2"))
    worst = max(abs(one[key] - other[key]) / scale[key] for key in scale)
    return int(min(17, -np.log10(worst + 1e-30)))


def text(x):
    return np.format_float_scientific(x, precision=PRINTED - 1, unique=False)


def cases():
    arithmetic = long_double()
    for batch_size in BATCH_SIZES:
        coarse, fine = (grids(arithmetic, batch_size, *shape) for shape in (COARSE, FINE))
        for overlap in OVERLAPS:
            phi = math.acos(overlap)
            rough, best = (point(arithmetic, batch_size, phi, grid) for grid in (coarse, fine))
            for name in ("relu", "leaky-relu"):
                digits = shared_digits(rough[name], best[name])
                assert digits >= 12, (batch_size, phi, name, digits)
                yield {"activation": name, "batchSize": batch_size, "phi": phi,
                       "overlap": text(angle(arithmetic, phi)[0]), "digits": digits,
                       **{key: text(value) for key, value in best[name].items()}}


def assembled(c, gamma, noise):
    return c["A0"] + gamma * c["A1"], c["B"], c["C0"] + gamma * c["C1"] + gamma**2 * c["C2"] + noise * c["CS"]


def sampled(name, batch_size, phi, count, rng):
    """Per batch A0, A1, B, C0, C1, C2, CS from the definitions, deltatilde formed explicitly; for M < 8 the weight
    1/s^2 (or 1/s) is put into the law of s, whose variance would be infinite otherwise.  Yields (key, mean, error)."""
    up, down = map(float, slopes(name))
    overlap, m = math.cos(phi), batch_size
    v = rng.standard_normal((count, m))
    mean = v.mean(axis=1, keepdims=True)
    field = (v - mean) / v.std(axis=1, keepdims=True)
    z, xi = rng.standard_normal((2, count, m))
    slope = np.where(field > 0, up, down)

    def project(delta):
        return delta - delta.mean(axis=1, keepdims=True) - field * (delta * field).mean(axis=1, keepdims=True)

    def weighted(power):
        """s from its law times s^-power, the normalization, and the teacher's field at that s."""
        s, factor = v.std(axis=1, keepdims=True), 1
        if m < 8:
            s = np.sqrt(rng.chisquare(m - 1 - power, (count, 1)) / m)
            factor = (m / 2) ** (power / 2) * math.gamma((m - 1 - power) / 2) / math.gamma((m - 1) / 2)
        u = overlap * (mean + s * field) + math.sin(phi) * z
        g = np.where(u > 0, up * u, down * u)
        return (factor if m < 8 else s[:, 0] ** -power), u, g

    _, _, g = weighted(0)
    samples = {"A0": (g * slope * field).mean(axis=1), "A1": -(slope**2 * field**2).mean(axis=1)}
    factor, u, g = weighted(1)
    samples["B"] = factor * (project(g * slope - slope**2 * field) * u).mean(axis=1)  # gamma = 1, any would do
    factor, _, g = weighted(2)
    label, student, noise = project(g * slope), project(slope**2 * field), project(xi * slope)
    for key, product in (("C0", label**2), ("C1", -2 * label * student), ("C2", student**2), ("CS", noise**2)):
        samples[key] = factor * product.mean(axis=1) / m
    for key, x in samples.items():
        yield key, x.mean(), x.std() / math.sqrt(count)


def check_known():
    """Values of another derivation (Funk-Hecke series) and the zeros of A at R = 1; the exact formulas of identity."""
    arithmetic = long_double()
    for m, gamma, overlap, noise, expected in (
        (8, 0.7, 0.6, 0.05, (-0.02927437552, 0.19015067949, 0.03184777227)),
        (32, 0.8, 0.95, 0.25, (0.06635678480, 0.04185116275, 0.00547127645)),
    ):
        c = point(arithmetic, m, math.acos(overlap), grids(arithmetic, m, *COARSE))
        for got, known in zip(assembled(c["relu"], gamma, noise), expected):
            assert abs(got - known) < 0.6e-11, (m, got, known)
    for m, zero in ((8, 0.90871233), (32, 0.97696537), (256, 0.99709304)):
        c = point(arithmetic, m, 0, grids(arithmetic, m, *COARSE))["relu"]
        assert abs(-c["A0"] / c["A1"] - zero) < 0.6e-8
        print("zero of A at R = 1, M =", m, text(-c["A0"] / c["A1"]))
    for m in BATCH_SIZES:
        for phi in (0.3, 2.0):
            overlap, sine_square = angle(arithmetic, phi)
            c = point(arithmetic, m, phi, grids(arithmetic, m, *COARSE))["identity"]
            half = mp.mpf(m - 1) / 2
            moments = [arithmetic.real(mp.sqrt(mp.mpf(2) / m) ** p * mp.gammaprod([half + p / mp.mpf(2)], [half]))
                       for p in (1, -1)]  # E[s], E[1/s]
            exact = {"A0": overlap * moments[0], "A1": -1, "BoverSineSquare": moments[1] * (m - 2) / m,
                     "C0": sine_square * (m - 2) / arithmetic.real(m * (m - 3)), "C1": 0, "C2": 0}
            exact["CS"] = exact["C0"] / sine_square
            for key, value in exact.items():
                assert abs(c[key] - value) < 1e-15 * max(abs(value), exact["C0"]), (m, phi, key, c[key], value)


def check_limit():
    """M -> infinity: A, B -> E[delta v], E[delta (u - R v)]; M C -> Var delta - E[delta v]^2, delta freed of
    its mean and its component along the field; for 0 < phi < pi the next term is O(1/M)."""
    arithmetic, gamma, noise = long_double(), 0.7, 0.05
    for name in ("relu", "leaky-relu"):
        for phi in (0.3, 1.2, 2.2):
            a = {k: float(x) for k, x in averages(name, mp.mpf(gamma), mp.mpf(phi)).items() if x is not None}
            # E[delta]: E g(u) g'(v) - gamma E v g'(v)^2.
            up, down = map(float, slopes(name))
            c, d = (up + down) / 2, (up - down) / 2
            mean = math.sqrt(2 / math.pi) * (c * d * (1 + math.cos(phi)) - gamma * 2 * c * d)
            limit = np.array([a["deltaV"], a["deltaTransverse"],
                              a["deltaSquared"] + noise * a["gainSquared"] - mean**2 - a["deltaV"] ** 2])
            gaps = []
            for m in (4096, 65536, 2**20):
                x = assembled(point(arithmetic, m, phi, grids(arithmetic, m, *COARSE))[name], gamma, noise)
                gaps.append(np.array([x[0], x[1], m * x[2]], dtype=float) - limit)
            print(name, phi, "limit", limit, "M (value - limit):", *(m * g for m, g in zip((4096, 65536, 2**20), gaps)))
            assert all(abs(gaps[2]) < 1e-6) and all(abs(16 * gaps[2] - gaps[1]) < 1e-3 * abs(gaps[1]))


def check_precision():
    """The same formulas in 40-digit arithmetic."""
    mp.dps = 40
    for m, phi in ((4, 0), (8, math.acos(0.999)), (32, 1.2)):
        exact = point(multiple_precision(), m, phi, grids(multiple_precision(), m, *COARSE))
        quick = point(long_double(), m, phi, grids(long_double(), m, *FINE))
        for name in ("relu", "leaky-relu"):
            worst = max(abs(mp.mpf(text(quick[name][k])) / exact[name][k] - 1) for k in exact[name] if exact[name][k])
            print("40 digits, M =", m, "phi =", phi, name, "relative difference", mp.nstr(worst, 3))
            assert worst < 1e-15
    mp.dps = 30


def check_sampling(seed=20190504, batches=400_000):
    """z = (sample - table)/error over 7 quantities and 24 points; 168 z's pass |z| < 4 by chance in 99 %."""
    arithmetic, rng, worst = long_double(), np.random.default_rng(seed), 0
    for m in (4, 5, 8, 32):
        grid = grids(arithmetic, m, *COARSE)
        for phi in (0.0, math.acos(0.9), 2.0):
            c = point(arithmetic, m, phi, grid)
            for name in ("relu", "leaky-relu"):
                for key, mean, error in sampled(name, m, phi, batches * 8 // max(m, 8), rng):
                    z = float(mean - c[name][key]) / error if error > 1e-12 else float(mean - c[name][key]) / 1e-12
                    worst = max(worst, abs(z))
                    assert abs(z) < 4, (m, phi, name, key, mean, error, c[name][key])
                    print(f"{m:3d} {phi:.3f} {name:10s} {key:3s} {mean: .6f} +- {error:.1e} z = {z: .2f}")
    print("largest |z|", worst)


if __name__ == "__main__":
    mp.dps = 30
    if "--check" in sys.argv:
        for check in (check_known, check_limit, check_sampling, check_precision):
            check()
        sys.exit()
    head = {
        "source": "Laplace integral over the batch deviation and Plackett's formula, Gauss-Legendre panels, long double",
        "generator": "python3 spec/reference/batch-normalization.py",
        "definitions": {
            "A": "E<delta vhat> = A0 + A1 gamma",
            "B": "E[<deltatilde u>/s], free of gamma",
            "C": "E[<deltatilde^2>/(M s^2)] = C0 + C1 gamma + C2 gamma^2 + CS S",
            "phi": "exact input, a double; 0 and 3.141592653589793 stand for overlap 1 and -1",
            "digits": "relative, shared by two grids; C1, which vanishes at R = 0, relative to the largest of C0, C1, C2",
            "leaky-relu": "slope the double 0.1",
        },
    }
    table = list(cases())
    head["digits"] = min(case["digits"] for case in table)
    write("batch-normalization", head, cases=table)
