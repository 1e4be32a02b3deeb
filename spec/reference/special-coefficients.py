"""Polynomial coefficients of lib/numerics/special-functions.ts.

    python3 spec/reference/special-coefficients.py           prints the three arrays
    python3 spec/reference/special-coefficients.py --check   compares them with those in the source file

Each is the interpolant in Chebyshev nodes of a smooth function of a variable u in [-1, 1], cut where the neglected
Chebyshev coefficients sum to less than the given error, and written in powers of u. Nothing is lost by that: the
Chebyshev coefficients fall faster than (1 + sqrt 2)^-n.
"""

import pathlib
import re
import sys

from mpmath import mp, mpf

mp.dps = 60
NODES = 80


def error_core(u):
    """erf(x)/x - 1, u = 2x^2 - 1, |x| <= 1."""
    x = mp.sqrt((u + 1) / 2)
    return mp.erf(x) / x - 1


def scaled_tail(u):
    """(1 + 2x) exp(x^2) erfc(x), u = (x - c)/(x + c - 1), x >= 1/2 (Shepherd & Laframboise 1981 have c = 3.75)."""
    x = from_moebius(u, mpf("4.5"), mpf("3.5"))
    if x < 1000:
        return (1 + 2 * x) * mp.exp(x * x) * mp.erfc(x)
    terms = [(-1) ** k * mp.fac2(2 * k - 1) / (2 * x * x) ** k for k in range(9)]
    return (1 + 2 * x) / (x * mp.sqrt(mp.pi)) * mp.fsum(terms)


def gamma_offset(u):
    """(x Gamma(x)/Gamma(x + 1/2))^2 - x, u = (x - c)/(x + c), x > 0: from 1/pi to 1/4."""
    x = from_moebius(u, mpf("1.5"), mpf("1.5"))
    return mp.exp(2 * (mp.loggamma(x + 1) - mp.loggamma(x + mpf(1) / 2))) - x


def from_moebius(u, c, d):
    """x of u = (x - c)/(x + d)."""
    return (c + d * u) / (1 - u)


def chebyshev(f):
    angles = [mp.pi * (2 * j + 1) / (2 * NODES) for j in range(NODES)]
    values = [f(mp.cos(a)) for a in angles]
    c = [2 * mp.fdot(values, [mp.cos(k * a) for a in angles]) / NODES for k in range(NODES)]
    return [c[0] / 2] + c[1:]


def powers(f, error):
    """Coefficients of 1, u, u^2, ... as doubles."""
    c = chebyshev(f)
    length = next(n for n in range(NODES) if mp.fsum(abs(x) for x in c[n:]) < error)
    before, now = [mpf(1)], [mpf(0), mpf(1)]  # T_0, T_1
    total = [mpf(0)] * length
    for k in range(length):
        for i, x in enumerate(before):
            total[i] += c[k] * x
        after = [mpf(0)] + [2 * x for x in now]
        for i, x in enumerate(before):
            after[i] -= x
        before, now = now, after
    return [float(x) for x in total]


TABLES = {
    "ERROR_CORE": (error_core, mpf(10) ** -18),
    "SCALED_TAIL": (scaled_tail, mpf(10) ** -17),
    "GAMMA_OFFSET": (gamma_offset, 2 * mpf(10) ** -17),
}

if __name__ == "__main__":
    tables = {name: powers(*task) for name, task in TABLES.items()}
    if "--check" in sys.argv:
        source = pathlib.Path(__file__).resolve().parents[2] / "lib/numerics/special-functions.ts"
        for name, table in tables.items():
            body = re.search(rf"const {name} = [^\[]*\[([^\]]*)\]", source.read_text()).group(1)
            assert [float(x) for x in body.split(",") if x.strip()] == table, name
        print("check passed")
    else:
        for name, table in tables.items():
            print(f"const {name} = [{', '.join(map(repr, table))}];")
