"""Covariance of (delta v, delta (u - v cos phi), delta^2) of one sample, delta = (g(u) + xi - g(gamma v)) g'(gamma v).

    python3 spec/reference/sample-covariances.py           rewrites sample-covariances.json (some ten minutes)
    python3 spec/reference/sample-covariances.py --check   also compares some with 1e7 random samples each

delta is evaluated as it stands, with g, g' and a value of xi, at the nodes of product rules: no moment is expanded
by hand.  The Gaussian label noise xi of variance S is at most to the fourth power, which the three-point rule of
Gauss and Hermite integrates exactly.  The plane (v, w), u = v cos(phi) + w sin(phi), is integrated
  - for g linear on each side of zero, in polar coordinates, each sector between the lines u = 0 and v = 0 by
    Gauss-Legendre and the radius by Gauss-Laguerre in r^2/2, which is exact for the powers that survive;
  - for analytic g by the trapezoidal rule in v and w;
  - for g with kinks elsewhere by Gauss-Legendre on panels that end at the kinks, outer v, inner w.
The last two are computed at two resolutions, and so are the sectors.
"""

import math
import sys

from mpmath import mp, mpf

from legendre import legendre
from table import write

DIGITS, WORKING_DIGITS, REACH = 22, 50, 12
KEYS = ["vv", "vt", "vs", "tt", "ts", "ss"]
PAIRS = [(0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2)]
SLOPES = {"identity": (1, 1), "relu": (1, 0), "leaky-relu": (1, 0.1), "two-slope": (-0.5, 1.5)}
TWO_SLOPE_GAMMAS = [1e-3, 0.7, 0.999999, 1.8, 40.0, -0.6]
TWO_SLOPE_PHIS = [1e-8, 1e-3, 0.6, 1.5, 1.7, 2.5, 3.14159]
OTHERS = [
    ("erf", 0.5, 0.3), ("erf", 1.3, 1.2), ("tanh", 0.9, 0.02), ("tanh", -0.8, 2.2),
    ("softplus", 0.6, 0.9), ("shifted-absolute", 0.8, 0.9), ("hard-tanh", 1.4, 0.9),
]
KINKS = {"shifted-absolute": [0.5], "hard-tanh": [-1, 1]}


def activation(name):
    if name in SLOPES:
        up, down = map(mpf, SLOPES[name])
        return lambda z: up * z if z > 0 else down * z, lambda z: up if z > 0 else down
    return {
        "erf": (lambda z: mp.erf(z / mp.sqrt(2)), lambda z: mp.sqrt(2 / mp.pi) * mp.exp(-z * z / 2)),
        "tanh": (mp.tanh, lambda z: 1 - mp.tanh(z) ** 2),
        "softplus": (lambda z: mp.log1p(mp.exp(-abs(z))) + max(z, mpf(0)), lambda z: 1 / (1 + mp.exp(-z))),
        "shifted-absolute": (lambda z: abs(z - mpf(1) / 2), lambda z: mp.sign(z - mpf(1) / 2)),
        "hard-tanh": (lambda z: max(mpf(-1), min(mpf(1), z)), lambda z: mpf(abs(z) < 1)),
    }[name]


def panels(edges, rule):
    for a, b in zip(edges, edges[1:]):
        for x, weight in rule:
            yield (a + b) / 2 + (b - a) / 2 * x, weight * (b - a) / 2


def laguerre(n):
    """Nodes and weights for exp(-x) on (0, infinity)."""
    roots = mp.polyroots([(-1) ** k * mp.binomial(n, k) / mp.factorial(k) for k in range(n, -1, -1)], maxsteps=200, extraprec=200)
    return [(x, x / ((n + 1) * mp.laguerre(n + 1, 0, x)) ** 2) for x in roots]


def plane_of_sectors(phi, order):
    """(weight, v, w) for units linear on each side of zero."""
    radii, rule, half = laguerre(5), legendre(order), mp.pi / 2
    edges = sorted([phi - half, half, phi + half, 3 * half]) + [phi + 3 * half]
    for angle, weight in panels(edges, rule):
        c, s = mp.cos(angle), mp.sin(angle)
        for x, by_radius in radii:
            r = mp.sqrt(2 * x)
            yield weight * by_radius / (2 * mp.pi), r * c, r * s


def plane_of_steps(step):
    n = int(REACH / step)
    nodes = [(k * step, step * mp.npdf(k * step)) for k in range(-n, n + 1)]
    for v, a in nodes:
        for w, b in nodes:
            yield a * b, v, w


def plane_of_panels(name, gamma, phi, order):
    rule, c, s = legendre(order), mp.cos(phi), mp.sin(phi)

    def edges(cuts, width):
        return sorted({*(mpf(k) * width for k in range(-int(REACH / width), int(REACH / width) + 1)), *cuts})

    for v, a in panels(edges([mpf(k) / gamma for k in KINKS[name]], 1), rule):
        for w, b in panels(edges([(k - c * v) / s for k in KINKS[name]], 3), rule):
            yield a * b * mp.npdf(v) * mp.npdf(w), v, w


def covariance(name, gamma, phi, noise, plane):
    g, slope = activation(name)
    gamma, c, s = mpf(gamma), mp.cos(phi), mp.sin(phi)
    spread = mp.sqrt(3 * mpf(noise))
    xis = [(mpf(1), mpf(0))] if noise == 0 else [(mpf(2) / 3, mpf(0)), (mpf(1) / 6, spread), (mpf(1) / 6, -spread)]
    mean, second = [mpf(0)] * 3, [mpf(0)] * 6
    for weight, v, w in plane:
        u = c * v + s * w
        gap, gain = g(u) - g(gamma * v), slope(gamma * v)
        for by_noise, xi in xis:
            delta = (gap + xi) * gain
            p = (delta * v, delta * s * w, delta * delta)
            for i in range(3):
                mean[i] += weight * by_noise * p[i]
            for k, (i, j) in enumerate(PAIRS):
                second[k] += weight * by_noise * p[i] * p[j]
    return [second[k] - mean[i] * mean[j] for k, (i, j) in enumerate(PAIRS)]


def case(name, gamma, phi, noise):
    def at(fine):
        phi_ = mpf(phi)
        if name in SLOPES:
            plane = plane_of_sectors(phi_, 30 if fine else 24)
        elif name in KINKS:
            plane = plane_of_panels(name, mpf(gamma), phi_, 24 if fine else 20)
        else:
            plane = plane_of_steps(mpf(1) / 11 if fine else mpf(1) / 10)
        return covariance(name, gamma, phi_, noise, plane)

    fine, coarse = at(True), at(False)
    for k, (i, j) in enumerate(PAIRS):
        scale = mp.sqrt(fine[PAIRS.index((i, i))] * fine[PAIRS.index((j, j))])
        assert abs(fine[k] - coarse[k]) <= scale * mpf(10) ** -DIGITS, (name, gamma, phi, KEYS[k])
    return {
        "activation": name, "gamma": gamma, "phi": phi, "noiseVariance": noise,
        **{key: mp.nstr(value, DIGITS) for key, value in zip(KEYS, fine)},
    }


def check(table):
    """Plain sampling: the standard error of each covariance from the spread over 100 parts."""
    import numpy as np

    random = np.random.default_rng(1)
    functions = {
        "relu": (lambda z: np.maximum(z, 0), lambda z: 1.0 * (z > 0)),
        "two-slope": (lambda z: np.where(z > 0, -0.5 * z, 1.5 * z), lambda z: np.where(z > 0, -0.5, 1.5)),
        "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
        "hard-tanh": (lambda z: np.clip(z, -1, 1), lambda z: 1.0 * (abs(z) < 1)),
    }
    for row in table:
        if row["activation"] not in functions or row["phi"] not in (0.6, 2.5, 0.9, 2.2) or row["gamma"] == 40:
            continue
        (g, slope), gamma, c, s = functions[row["activation"]], row["gamma"], math.cos(row["phi"]), math.sin(row["phi"])
        parts = []
        for _ in range(100):
            v, w, xi = random.standard_normal((3, 100_000))
            delta = (g(c * v + s * w) + math.sqrt(row["noiseVariance"]) * xi - g(gamma * v)) * slope(gamma * v)
            found = np.cov([delta * v, delta * s * w, delta * delta])
            parts.append([found[i, j] for i, j in PAIRS])
        z = (np.mean(parts, 0) - [float(row[key]) for key in KEYS]) / (np.std(parts, 0, ddof=1) / 10)
        print(row["activation"], gamma, row["phi"], row["noiseVariance"], np.round(z, 1))
        assert np.all(abs(z) < 5)


if __name__ == "__main__":
    mp.dps = WORKING_DIGITS
    head = {
        "source": "product quadrature of delta as it stands, two resolutions, mpmath",
        "generator": "python3 spec/reference/sample-covariances.py",
        "digits": DIGITS,
        "definitions": {
            "v": "delta v", "t": "delta (u - v cos phi)", "s": "delta^2", "vt": "Cov(delta v, delta (u - v cos phi)), and so on",
            "two-slope": "-0.5 z for z > 0, 1.5 z for z < 0", "leaky-relu": "max(0.1 z, z), 0.1 the double",
            "shifted-absolute": "|z - 0.5|", "hard-tanh": "max(-1, min(1, z))",
        },
    }
    table = [
        case(name, gamma, phi, noise)
        for name in SLOPES
        for i, gamma in enumerate(TWO_SLOPE_GAMMAS)
        for j, phi in enumerate(TWO_SLOPE_PHIS)
        for noise in ([0, 0.05] if (i + j) % 2 else [0])
    ]
    table += [case(name, gamma, phi, 0.05) for name, gamma, phi in OTHERS]
    write("sample-covariances", head, cases=table)
    if "--check" in sys.argv:
        check(table)
