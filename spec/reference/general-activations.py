"""Averages for activations without closed forms here: tanh, softplus, and kinked piecewise linear ones.

    python3 spec/reference/general-activations.py           rewrites general-activations.json (a minute or two)
    python3 spec/reference/general-activations.py --check   also compares points with plain 2-D quadrature

u = v cos(phi) + w sin(phi).  Inner average over w given v: exact for piecewise linear g, trapezoidal rule for
analytic g.  Outer average over v: Gauss-Legendre on panels that end at the kinks of g(gamma v), shrink towards
the bend of g(gamma v) and towards the places where g(u) bends.  Each case is computed with two resolutions.
"""

import math
import sys

from mpmath import mp, mpf

from legendre import legendre
from table import write

DIGITS, WORKING_DIGITS, REACH = 25, 42, 14
GAMMAS, PHIS = [0.3, 1.0, 5.0, 50.0], [1e-3, 0.5, 2.0]
KEYS = ["deltaV", "deltaTransverse", "deltaSquared", "gainSquared", "epsilon"]
# Piecewise linear g: kinks, slopes of the pieces, and g at the first kink. 0.1 is the double.
PIECEWISE = {
    "shifted-absolute": ([0.5], [-1.0, 1.0], 0.0),
    "leaky-relu": ([0.0], [0.1, 1.0], 0.0),
    "hard-tanh": ([-1.0, 1.0], [0.0, 1.0, 0.0], -1.0),
}


def pieces(name):
    """(from, to, a, b) with g(z) = a + b z there."""
    kinks, slopes, first = PIECEWISE[name]
    edges, value, out = [-mp.inf, *map(mpf, kinks), mp.inf], mpf(first), []
    for k, slope in enumerate(map(mpf, slopes)):
        anchor = edges[1] if k == 0 else edges[k]
        out.append((edges[k], edges[k + 1], value - slope * anchor, slope))
        if 0 < k < len(kinks):
            value += slope * (edges[k + 1] - anchor)
    return out


def activation(name):
    """g and its derivative."""
    if name == "tanh":
        return mp.tanh, lambda z: 1 / mp.cosh(z) ** 2
    if name == "softplus":
        return lambda z: mp.log1p(mp.exp(-abs(z))) + max(z, mpf(0)), lambda z: 1 / (1 + mp.exp(-z))
    table = pieces(name)

    def find(z):
        return next(piece for piece in table if z <= piece[1])

    return lambda z: find(z)[2] + find(z)[3] * z, lambda z: find(z)[3]


def inner_exact(name, phi):
    """v -> E[g(u)], E[g(u) w], E[g(u)^2] for piecewise linear g, u ~ N(v cos(phi), sin(phi)^2)."""
    table, c, s = pieces(name), mp.cos(phi), mp.sin(phi)

    def moments(v):
        m0 = m1 = m2 = mpf(0)
        for low, high, a, b in table:
            alpha, beta = a + b * c * v, b * s  # g(u) = alpha + beta w for w between lo and hi
            lo, hi = (low - c * v) / s, (high - c * v) / s
            # On the side of the origin where the tail is small, so that far pieces keep their digits.
            mass = mp.ncdf(-lo) - mp.ncdf(-hi) if lo > 0 else mp.ncdf(hi) - mp.ncdf(lo)
            at_lo, at_hi = mp.npdf(lo), mp.npdf(hi)
            first = at_lo - at_hi  # E[w; lo < w < hi]
            second = mass + (lo * at_lo if at_lo else 0) - (hi * at_hi if at_hi else 0)
            m0 += alpha * mass + beta * first
            m1 += alpha * first + beta * second
            m2 += alpha**2 * mass + 2 * alpha * beta * first + beta**2 * second
        return m0, m1, m2

    return moments


def inner_trapezoid(name, phi, step):
    g, c, s = activation(name)[0], mp.cos(phi), mp.sin(phi)
    n = int(REACH / step)
    nodes = [(k * step, step * mp.npdf(k * step)) for k in range(-n, n + 1)]

    def moments(v):
        m0 = m1 = m2 = mpf(0)
        for w, weight in nodes:
            value = g(c * v + s * w)
            m0 += weight * value
            m1 += weight * value * w
            m2 += weight * value * value
        return m0, m1, m2

    return moments


def graded(centre, smallest):
    """Panel ends at distances smallest, 2 smallest, 4 smallest, ... (steps of at most 1.5) on both sides."""
    distances, d = [mpf(0)], mpf(smallest)
    while d < 3 * REACH:
        distances.append(d)
        d += min(d, mpf("1.5"))
    return [centre + sign * d for d in distances for sign in (-1, 1)]


def panels(name, phi):
    if name not in PIECEWISE:  # poles of tanh(50 v) are 0.031 from the axis
        edges = graded(mpf(0), mpf("0.03"))
    else:
        c, s = mp.cos(phi), mp.sin(phi)
        edges = [mpf(-REACH), mpf(REACH)]
        for kink in PIECEWISE[name][0]:
            edges += graded(mpf(kink) / c, s / abs(c))
            edges += [mpf(kink) / mpf(gamma) for gamma in GAMMAS]
    edges = sorted(set(edge for edge in edges if abs(edge) <= REACH) | {mpf(-REACH), mpf(REACH)})
    return list(zip(edges, edges[1:]))


def cases(name, phi, order, step):
    """The five averages for every gamma, at one resolution."""
    phi = mpf(phi)
    moments = inner_exact(name, phi) if name in PIECEWISE else inner_trapezoid(name, phi, step)
    g, slope = activation(name)
    sums = {gamma: dict.fromkeys(KEYS, mpf(0)) for gamma in GAMMAS}
    rule, s = legendre(order), mp.sin(phi)
    for a, b in panels(name, phi):
        for x, weight in rule:
            v = (a + b) / 2 + (b - a) / 2 * x
            weight = weight * (b - a) / 2 * mp.npdf(v)
            m0, m1, m2 = moments(v)
            for gamma, out in sums.items():
                y, gain = g(gamma * v), slope(gamma * v)
                error2 = m2 - 2 * m0 * y + y * y
                out["deltaV"] += weight * (m0 - y) * gain * v
                out["deltaTransverse"] += weight * m1 * s * gain
                out["deltaSquared"] += weight * error2 * gain**2
                out["gainSquared"] += weight * gain**2
                out["epsilon"] += weight * error2
    return sums


def both(name, phi):
    coarse, fine = cases(name, phi, 34, mpf(1) / 8), cases(name, phi, 44, mpf(1) / 10)
    for gamma in GAMMAS:
        for key in KEYS:
            error = abs(coarse[gamma][key] / fine[gamma][key] - 1)
            assert error < mpf(10) ** (-DIGITS - 1), (name, gamma, phi, key, mp.nstr(error, 3))
        yield {
            "activation": name, "gamma": gamma, "phi": phi,
            **{key: mp.nstr(fine[gamma][key], DIGITS) for key in KEYS},
        }


def check(table):
    """Two nested adaptive quadratures in double precision, told only the kinks."""
    from scipy.integrate import quad

    functions = {
        "tanh": (math.tanh, lambda z: 1 - math.tanh(z) ** 2, []),
        "softplus": (lambda z: math.log1p(math.exp(-abs(z))) + max(z, 0), lambda z: 1 / (1 + math.exp(-z)), []),
        "shifted-absolute": (lambda z: abs(z - 0.5), lambda z: math.copysign(1, z - 0.5), [0.5]),
        "leaky-relu": (lambda z: max(0.1 * z, z), lambda z: 1.0 if z > 0 else 0.1, [0.0]),
        "hard-tanh": (lambda z: max(-1, min(1, z)), lambda z: 1.0 if abs(z) < 1 else 0.0, [-1.0, 1.0]),
    }
    for row in table:
        if row["phi"] != 0.5 or row["gamma"] not in (1.0, 5.0):
            continue
        (g, slope, kinks), gamma, c, s = functions[row["activation"]], row["gamma"], math.cos(0.5), math.sin(0.5)

        def split(f, cuts):
            cuts = [-9, *sorted(x for x in cuts if abs(x) < 9), 9]
            return sum(quad(f, a, b, epsabs=1e-11, epsrel=1e-11)[0] for a, b in zip(cuts, cuts[1:]))

        def average(f):
            def at(v):
                density = lambda w: math.exp(-(v * v + w * w) / 2) / (2 * math.pi)
                return split(lambda w: f(v, c * v + s * w) * density(w), [(k - c * v) / s for k in kinks])

            return split(at, [k / gamma for k in kinks] + [0.001])

        delta = lambda v, u: (g(u) - g(gamma * v)) * slope(gamma * v)
        rough = {
            "deltaV": average(lambda v, u: delta(v, u) * v),
            "deltaTransverse": average(lambda v, u: delta(v, u) * (u - c * v)),
            "deltaSquared": average(lambda v, u: delta(v, u) ** 2),
            "gainSquared": average(lambda v, u: slope(gamma * v) ** 2),
            "epsilon": average(lambda v, u: (g(u) - g(gamma * v)) ** 2),
        }
        worst = max(abs(rough[key] - float(row[key])) for key in KEYS)
        print(row["activation"], gamma, "largest difference", worst)
        assert worst < 1e-8


if __name__ == "__main__":
    mp.dps = WORKING_DIGITS
    head = {
        "source": "inner average exact or trapezoidal, outer composite Gauss-Legendre, two resolutions, mpmath",
        "generator": "python3 spec/reference/general-activations.py",
        "digits": DIGITS,
        "definitions": {
            "tanh": "tanh(z)", "softplus": "log(1 + exp(z))", "shifted-absolute": "|z - 0.5|",
            "leaky-relu": "max(0.1 z, z), 0.1 the double", "hard-tanh": "max(-1, min(1, z))",
            "deltaV": "E[delta v], delta = (g(u) - g(gamma v)) g'(gamma v)",
            "deltaTransverse": "E[delta (u - v cos phi)]", "deltaSquared": "E[delta^2], no label noise",
            "gainSquared": "E[g'(gamma v)^2]", "epsilon": "E[(g(u) - g(gamma v))^2]",
        },
    }
    names = ["tanh", "softplus", *PIECEWISE]
    table = [row for name in names for phi in PHIS for row in both(name, phi)]
    write("general-activations", head, cases=table)
    if "--check" in sys.argv:
        check(table)
