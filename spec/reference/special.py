"""Special functions and moments of a Gaussian batch's standard deviation, to 36 digits.

    python3 spec/reference/special.py           rewrites special.json beside it
    python3 spec/reference/special.py --check   also integrates densities numerically and asks scipy

Every argument is the double in the table. s is the biased standard deviation of M draws from N(0, 1).
"""

import sys

from mpmath import mp, mpf

from table import write

DIGITS = 36
ERF_POINTS = [
    -6.0, -5.0, -4.0, -3.5, -3.0, -2.5, -2.0, -1.5, -1.0, -0.75, -0.5, -0.46875, -0.25, -0.1, -1e-3, -1e-10,
    0.0, 1e-300, 1e-160, 1e-20, 1e-10, 1e-8, 1e-5, 1e-3, 0.01, 0.1, 0.2, 0.3, 0.4, 0.46, 0.46875, 0.47,
    0.5, 0.6, 0.75, 0.84375, 0.9, 1.0, 1.25, 1.5, 1.75, 2.0, 2.2, 2.5, 2.857, 3.0, 3.5, 3.9, 4.0, 4.1,
    4.5, 5.0, 5.5, 5.9, 6.0, 6.5, 7.0, 8.0, 10.0, 13.0, 17.0, 20.0, 24.0, 26.0, 26.5, 27.0,
]
BATCH_SIZES = [2, 3, 4, 5, 8, 15, 32, 33, 100, 256, 1000, 4096, 1000000]


def text(x):
    return mp.nstr(x, DIGITS)


def chi_moment(batch_size, power):
    """E[s^power]: s = chi/sqrt M, chi of nu = M - 1 degrees of freedom, density ∝ x^(nu-1) exp(-x^2/2)."""
    nu, m = batch_size - 1, mpf(batch_size)
    if nu + power <= 0:
        return None  # infinite
    log_ratio = mp.loggamma(mpf(nu + power) / 2) - mp.loggamma(mpf(nu) / 2)
    return (2 / m) ** (mpf(power) / 2) * mp.exp(log_ratio)


def student_cdf(x, nu):
    tail = mp.betainc(mpf(nu) / 2, mpf(1) / 2, 0, nu / (nu + x * x), regularized=True) / 2
    return tail if x < 0 else 1 - tail


def f_upper_tail(f, d1, d2):
    return mp.betainc(mpf(d2) / 2, mpf(d1) / 2, 0, d2 / (d2 + d1 * f), regularized=True)


def normal_cdf(x):
    return mp.erfc(-x / mp.sqrt(2)) / 2


def normal_quantile(p):
    """Newton's method on the logarithm of the tail, where it converges from anywhere; p <= 1/2 by symmetry."""
    if p > 0.5:
        return -normal_quantile(1 - p)
    x = -mp.sqrt(-2 * mp.log(2 * p))
    for _ in range(100):
        cdf = normal_cdf(x)
        step = mp.log(cdf / p) * cdf * mp.sqrt(2 * mp.pi) * mp.exp(x * x / 2)
        x -= step
        if abs(step) < mpf(10) ** (10 - mp.dps):
            return x
    raise ArithmeticError(f"no convergence at {p}")


def tables():
    chi = []
    for m in BATCH_SIZES:
        moments = {name: chi_moment(m, power) for name, power in (("mean", 1), ("inverse", -1), ("inverseSquare", -2))}
        chi.append({"batchSize": m, **{name: None if x is None else text(x) for name, x in moments.items()}})
    return {
        "errorFunction": [{"x": x, "erf": text(mp.erf(mpf(x))), "erfc": text(mp.erfc(mpf(x)))} for x in ERF_POINTS],
        "batchDeviation": chi,
        "studentT": [
            {"x": x, "nu": nu, "cdf": text(student_cdf(mpf(x), nu))}
            for nu in (1, 7, 63) for x in (-8.0, -3.0, -1.0, 0.0, 0.5, 2.0, 4.0, 10.0)
        ],
        "fDistribution": [
            {"f": f, "d1": d1, "d2": d2, "upperTail": text(f_upper_tail(mpf(f), d1, d2))}
            for d1 in (1, 3, 6) for d2 in (5, 8, 58) for f in (0.1, 1.0, 3.0, 10.0, 50.0)
        ],
        "normalQuantile": [
            {"p": p, "x": text(normal_quantile(mpf(p)))}
            for p in (1e-300, 1e-15, 1e-6, 0.01, 0.3, 0.5, 0.9, 0.999999)
        ],
    }


def check():
    from scipy import stats

    mp.dps = 30
    for m in BATCH_SIZES:  # the chi density itself
        nu = m - 1
        width, centre = mp.sqrt(mpf(1) / 2), mp.sqrt(mpf(nu))
        edges = [mpf(0)] + [centre + k * width for k in range(-16, 40, 4) if centre + k * width > 0]
        log_norm = (1 - mpf(nu) / 2) * mp.log(2) - mp.loggamma(mpf(nu) / 2)
        edges = edges if m < 300 else edges[1:]
        for power in (0, 1, -1, -2):
            if nu + power <= 0:
                continue
            numeric = mp.quad(lambda x: mp.exp((nu - 1 + power) * mp.log(x) - x * x / 2 + log_norm) if x else mpf(0), edges)
            numeric *= mpf(m) ** (-mpf(power) / 2)
            assert abs(numeric / chi_moment(m, power) - 1) < 1e-14, (m, power, numeric)
        if m > 3:
            assert abs(chi_moment(m, -2) * (m - 3) / m - 1) < 1e-24
    for row in tables()["studentT"]:
        assert abs(stats.t.cdf(row["x"], row["nu"]) / float(row["cdf"]) - 1) < 1e-11, row
    for row in tables()["fDistribution"]:
        assert abs(stats.f.sf(row["f"], row["d1"], row["d2"]) / float(row["upperTail"]) - 1) < 1e-11, row
    for row in tables()["normalQuantile"]:
        assert abs(stats.norm.ppf(row["p"]) - float(row["x"])) < 1e-12 * (1 + abs(float(row["x"]))), row
    for row in tables()["errorFunction"]:  # the defining integrals
        x = mpf(row["x"])
        if abs(x) < 7:
            numeric = 2 * x / mp.sqrt(mp.pi) * mp.quad(lambda t: mp.exp(-((t * x) ** 2)), mp.linspace(0, 1, 5))
            assert abs(numeric - mpf(row["erf"])) <= abs(numeric) * mpf(10) ** -26, row
        if x > 0:
            numeric = 2 / mp.sqrt(mp.pi) * mp.quad(lambda t: mp.exp(-t * t - 2 * t * x), [0, 0.5, 1, 2, 4, 9]) * mp.exp(-x * x)
            assert abs(numeric / mpf(row["erfc"]) - 1) < mpf(10) ** -24, row
    print("check passed")


if __name__ == "__main__":
    mp.dps = 60
    head = {
        "source": "mpmath: erf, erfc, loggamma, regularized incomplete beta; Newton's method for the quantile",
        "generator": "python3 spec/reference/special.py",
        "digits": DIGITS,
        "definitions": {
            "batchDeviation": "E[s], E[1/s], E[1/s^2], s^2 = (1/M) sum (v_i - mean)^2, v_i ~ N(0,1); null: infinite",
            "studentT": "P(T <= x)",
            "fDistribution": "P(F > f)",
            "normalQuantile": "x with P(Z <= x) = p",
        },
    }
    write("special", head, **tables())
    if "--check" in sys.argv:
        check()
