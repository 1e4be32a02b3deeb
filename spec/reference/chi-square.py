"""Points that cut chi-square laws into 32 cells of equal probability.

    python3 spec/reference/chi-square.py     rewrites chi-square.json beside it, and checks on the way

Newton's method on the distribution function: the regularized incomplete gamma function up to 1e4 degrees of freedom,
beyond that the integral of the density from twelve standard deviations below the mean. Checked: the two agree at 1e4.
"""

from mpmath import erfinv, exp, findroot, gammainc, linspace, log, loggamma, mp, mpf, quad, sqrt

from table import write

mp.dps = 40
CELLS = 32
DEGREES = [0.3, 1, 2, 3, 48, 10**4, 10**9 - 2, 10**15]


def density(x, d):
    a = mpf(d) / 2
    return exp((a - 1) * log(x / 2) - x / 2 - loggamma(a)) / 2


def below(x, d):
    return gammainc(mpf(d) / 2, 0, x / 2, regularized=True)


def below_by_integral(x, d):
    deviation = sqrt(2 * mpf(d))
    end = (x - d) / deviation
    points = linspace(-12, end, 25)
    return quad(lambda z: deviation * density(d + deviation * z, d), points)


def quantile(p, d):
    distribution = below if d <= 10**4 else below_by_integral
    normal = sqrt(2) * erfinv(2 * p - 1)
    if d < 3:  # from the power law at 0, in the logarithm
        start = log(2) + (log(p) + loggamma(mpf(d) / 2 + 1)) / (mpf(d) / 2)
        y = findroot(lambda y: log(distribution(exp(y), d)) - log(p), start)
        return exp(y)
    x = d * (1 - mpf(2) / (9 * d) + normal * sqrt(mpf(2) / (9 * d))) ** 3
    for _ in range(8):
        step = (p - distribution(x, d)) / density(x, d)
        x += step
        if abs(step) < mpf(10) ** -25 * x:
            return x
    raise ValueError((p, d))


x = mpf(10150)
assert abs(below(x, 10**4) - below_by_integral(x, 10**4)) < mpf(10) ** -20

cases = [
    {"degrees": d, "edges": [float(quantile(mpf(k) / CELLS, d)) for k in range(1, CELLS)]}
    for d in DEGREES
]
write(
    "chi-square",
    {"source": "quantiles of chi-square laws, mpmath at 40 digits", "generator": "spec/reference/chi-square.py"},
    cases=cases,
)
