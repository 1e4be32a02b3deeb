"""Averages of order-parameter equations over (u, v), to 36 digits.

    python3 spec/reference/averages.py           rewrites averages.json beside it
    python3 spec/reference/averages.py --check   also compares some points with brute-force quadrature (seconds)

u, v standard normal, correlation cos(phi); teacher and student share g; delta = (g(u) - g(gamma v)) g'(gamma v).
"""

import math
import sys

from mpmath import mp, mpf

from gaussian_averages import SLOPES, averages, homogeneous
from table import write

DIGITS = 36
GAMMAS = [1e-6, 1e-3, 0.1, 0.7, 1 - 1e-9, 1.0, 1 + 1e-9, 1.5, 10.0, 1000.0]
PHIS = [1e-12, 1e-9, 1e-6, 1e-3, 0.1, 0.5, 1.0, 1.5707963267948966, 2.5, 3.14, math.pi - 1e-6]
KEYS = ["deltaV", "deltaTransverse", "deltaSquared", "gainSquared", "epsilon"]


def points():
    for activation in ("identity", "relu", "leaky-relu", "erf"):
        for gamma in GAMMAS:
            for phi in PHIS:
                yield activation, gamma, phi
    for gamma in (-0.7, -2.0):  # a negative gamma gates the other half
        for phi in (0.5, 2.5):
            yield "relu", gamma, phi


def case(activation, gamma, phi):
    results = []
    for dps in (110, 150):  # two precisions: what they share is not rounding
        mp.dps = dps
        results.append(averages(activation, mpf(gamma), mpf(phi)))
    low, high = results
    for key in KEYS:
        assert abs(low[key] - high[key]) <= mpf(10) ** -40 * abs(high[key]), (activation, gamma, phi, key)
    out = {"activation": activation, "gamma": gamma, "phi": phi}
    out.update({key: mp.nstr(high[key], DIGITS) for key in KEYS})
    out["scaleDeltaV"] = mp.nstr(max(abs(high["teacherV"]), abs(high["studentV"])), DIGITS)
    return out


def brute_force(activation, gamma, phi):
    """Nested quadrature over the plane, u = v cos(phi) + w sin(phi), split at both kinks; about 1e-9."""
    from scipy.integrate import quad
    from scipy.special import erf

    c, s, inf = math.cos(phi), math.sin(phi), 9.0

    if activation == "erf":
        g = lambda z: erf(z / math.sqrt(2))
        slope = lambda z: math.sqrt(2 / math.pi) * math.exp(-z * z / 2)
    else:
        up, down = (float(x) for x in SLOPES[activation])
        g = lambda z: z * (up if z > 0 else down)
        slope = lambda z: up if z > 0 else down

    def integrand(key, v, w):
        u, error, gain = v * c + w * s, g(v * c + w * s) - g(gamma * v), slope(gamma * v)
        return {
            "deltaV": error * gain * v,
            "deltaTransverse": error * gain * (u - c * v),
            "deltaSquared": (error * gain) ** 2,
            "gainSquared": gain**2,
            "epsilon": error**2,
        }[key] * math.exp(-(v * v + w * w) / 2) / (2 * math.pi)

    def inner(key, v):
        cuts = [-inf, min(max(-v * c / s, -inf), inf), inf]
        return sum(quad(lambda w: integrand(key, v, w), a, b, epsrel=1e-11)[0] for a, b in zip(cuts, cuts[1:]) if b > a)

    edges = [-inf, -inf * s / max(abs(c), s), 0, inf * s / max(abs(c), s), inf]
    return {
        key: sum(quad(lambda v: inner(key, v), a, b, epsrel=1e-10, limit=200)[0] for a, b in zip(edges, edges[1:]) if b > a)
        for key in KEYS
    }


def check():
    mp.dps = 60
    for activation, gamma, phi in [
        ("relu", 0.7, 0.5), ("relu", -0.7, 2.5), ("relu", -2.0, 0.5), ("relu", 1.5, 0.1), ("leaky-relu", 0.7, 2.5),
        ("leaky-relu", 1.5, 1.0), ("identity", 0.7, 1.0), ("erf", 0.7, 0.5), ("erf", 1.5, 2.5), ("erf", 10.0, 1.0),
    ]:
        exact, rough = averages(activation, mpf(gamma), mpf(phi)), brute_force(activation, gamma, phi)
        worst = max(abs(exact[key] - rough[key]) / max(1e-3, abs(exact[key])) for key in KEYS)
        print(activation, gamma, phi, "largest relative difference", mp.nstr(worst, 3))
        assert worst < 1e-8
    for activation in SLOPES:  # the antiderivatives against numerical sector integrals
        numeric = homogeneous(activation, mpf(0.7), mpf(0.5), lambda a, b, phi: [
            mp.quad(lambda t: mp.cos(t - x) * mp.cos(t - y) / mp.pi, [a, b]) for x, y in ((0, 0), (0, phi), (phi, phi))
        ])
        exact = homogeneous(activation, mpf(0.7), mpf(0.5))
        assert all(abs(exact[key] - numeric[key]) < mpf(10) ** -50 for key in exact), activation
    print("check passed")


if __name__ == "__main__":
    head = {
        "source": "sector integrals (piecewise linear g) and Gaussian reweighting with the arcsine law (erf), mpmath",
        "generator": "python3 spec/reference/averages.py",
        "digits": DIGITS,
        "definitions": {
            "leaky-relu": "g(z) = z for z > 0, 0.1 z otherwise, 0.1 the double",
            "erf": "g(z) = erf(z/sqrt 2)",
            "deltaV": "E[delta v]",
            "deltaTransverse": "E[delta (u - v cos phi)]",
            "deltaSquared": "E[delta^2], no label noise",
            "gainSquared": "E[g'(gamma v)^2]",
            "epsilon": "E[(g(u) - g(gamma v))^2]",
            "scaleDeltaV": "max(|E[g(u) g'(gamma v) v]|, |E[g(gamma v) g'(gamma v) v]|)",
        },
    }
    write("averages", head, cases=[case(*point) for point in points()])
    if "--check" in sys.argv:
        check()
