"""Right-hand sides of the work-precision problems in plain Python: f(time, state) -> list, state a numpy array.

The same functions as the package's own and as right-hand-sides.h: the overlap R stands in the state as r = 1 - R, and the
averages are in forms that do not cancel as r -> 0 (lib/gaussian).
"""

from math import asin, atan2, factorial, gamma as gamma_function, pi, sin, sqrt

# sin x - x cos x over x^3, a series in x^2 that is exact to rounding up to x = 1, highest power first.
ARC = [(-1) ** k * 2 * (k + 1) / factorial(2 * k + 3) for k in range(9, -1, -1)]


def clamped(r):
    return 0.0 if r < 0 else 2.0 if r > 2 else r


def relu_averages(gamma, r):
    """E[delta v], E[delta (u - R v)], E[delta^2] without label noise."""
    r, sign = clamped(r), 1.0
    if gamma < 0:  # the field -v with -gamma
        gamma, r, sign = -gamma, 2 - r, -1.0
    sine_square, cosine = r * (2 - r), abs(1 - r)
    sine = sqrt(sine_square)
    x = atan2(sine, cosine)  # phi, or pi - phi above pi/2
    if x > 1:
        difference = sine - x * cosine
    else:
        square, total = x * x, 0.0
        for c in ARC:
            total = total * square + c
        difference = x * square * total  # sin x - x cos x
    area = (x * sine_square - cosine * difference) / pi  # (x - sin x cos x)/pi
    arc = difference / pi
    if r < 1:
        shortfall = r - arc
        gap, floor, gate = gamma - 1 + shortfall, shortfall * (2 - shortfall) - area, 1 - x / pi
    else:
        gap, floor, gate = gamma - arc, area - arc * arc, x / pi
    return -0.5 * gap * sign, 0.5 * sine_square * gate, 0.5 * (gap * gap + floor)


def normalized_relu(rate, gamma_rate, decay, batch_size, noise_variance):
    def f(_, state):
        gamma, r, length = state.tolist()
        along, across, square = relu_averages(gamma, r)
        x = rate * gamma / (length * length)
        noise = 0.5 * x * x * (square + 0.5 * noise_variance) / batch_size
        return [gamma_rate * (along - decay * gamma), (1 - r) * noise - x * across, length * noise]

    return f


def sgd_relu(rate, batch_size, noise_variance):
    def f(_, state):
        r, length = state.tolist()
        along, across, square = relu_averages(length, r)
        x = rate / length
        noise = 0.5 * x * x * (square + 0.5 * noise_variance) / batch_size
        return [(1 - r) * noise - x * across, rate * along + length * noise]

    return f


def erf_difference(q1, q2, difference, sine_square, cosine):
    """E[(g(x) - g(y))^2], variances q1, q2 and correlation cosine, see lib/gaussian/activations/erf.ts."""
    w1, w2 = 1 / (1 + q1), 1 / (1 + q2)
    sin_alpha, sin_beta = q1 * w1, q2 * w2
    cos_alpha, cos_beta = sqrt(1 + 2 * q1) * w1, sqrt(1 + 2 * q2) * w2
    gap = difference * w1 * w2 * (sin_alpha + sin_beta) / (sin_alpha * cos_beta + sin_beta * cos_alpha)
    half_gap_square = 0.5 * gap * gap / (1 + sqrt(1 - gap * gap))  # sin^2(arcsin(gap)/2)
    sin_chi = sqrt(sin_alpha * sin_beta)
    chi = asin(sin_chi)
    unequal = 2 * asin(half_gap_square / sin((asin(sin_alpha) + asin(sin_beta)) / 2 + chi))
    sin_prime = sin_chi * cosine
    if cosine <= 0:
        return 2 / pi * (unequal + 2 * (chi - asin(sin_prime)))
    root = sqrt(1 - sin_prime * sin_prime) + cosine * sqrt((1 - sin_chi) * (1 + sin_chi))
    return 2 / pi * (unequal + 2 * asin(sin_chi * sine_square / root))


def sgd_erf(rate, batch_size, noise_variance):
    def f(_, state):
        r, length = state.tolist()
        inside = clamped(r)
        cosine, sine_square, square = 1 - inside, inside * (2 - inside), length * length
        tau = 1 / (1 + 2 * square)
        width, root = sqrt(tau), 1 / sqrt(2 + square * (1 + sine_square))
        along, across = 2 / pi / (1 + square) * (cosine * root - length * width), 2 / pi * sine_square * root
        teacher = cosine * cosine * tau + sine_square
        difference = tau * ((1 - length) * (1 + length) + 2 * square * sine_square)
        error = erf_difference(
            teacher, square * tau, difference, sine_square / teacher, cosine * width / sqrt(teacher)
        )
        x = rate / length
        noise = 0.5 * x * x * 2 / pi * width * (error + noise_variance) / batch_size
        return [(1 - r) * noise - x * across, rate * along + length * noise]

    return f


def bn_identity(rate, gamma_rate, batch_size, noise_variance):
    m = batch_size
    below = gamma_function((m - 1) / 2)
    mean = sqrt(2 / m) * gamma_function(m / 2) / below  # E[s], s the deviation of a batch
    turning = sqrt(m / 2) * gamma_function((m - 2) / 2) / below * (m - 2) / m
    power = (m - 2) / (m * (m - 3))

    def f(_, state):
        gamma, r, length = state.tolist()
        inside = clamped(r)
        sine_square = inside * (2 - inside)
        x = rate * gamma / (length * length)
        noise = 0.5 * x * x * (sine_square + noise_variance) * power
        return [gamma_rate * ((1 - inside) * mean - gamma), (1 - r) * noise - x * sine_square * turning, length * noise]

    return f


def lotka_volterra(_, state):
    u, v = state.tolist()
    return [u * (v - 2), v * (1 - u)]


def arenstorf(_, state):
    moon = 0.012277471
    earth = 1 - moon
    x, y, dx, dy = state.tolist()
    near, far = x + moon, x - earth
    d1, d2 = near * near + y * y, far * far + y * y
    pull1, pull2 = earth / (d1 * sqrt(d1)), moon / (d2 * sqrt(d2))
    return [dx, dy, x + 2 * dy - pull1 * near - pull2 * far, y - 2 * dx - (pull1 + pull2) * y]


def van_der_pol(_, state):
    y, v = state.tolist()
    return [v, ((1 - y * y) * v - y) / 1e-6]


SYSTEMS = {"lotka-volterra": lotka_volterra, "arenstorf": arenstorf, "van-der-pol": van_der_pol}


def of_problem(problem):
    """An entry of problems.json -> right-hand side and initial state, or None where there is none here."""
    if "learning" not in problem:
        return SYSTEMS[problem["system"]], problem["initial"]
    p = problem["learning"]
    rate, batch, noise, first = p["learningRate"], p["batchSize"], p["noiseVariance"], p["initial"]
    gamma_rate, r = p.get("gammaLearningRate", rate), 1 - first["overlap"]
    match p["rule"], p["activation"]:
        case "sgd", "relu":
            return sgd_relu(rate, batch, noise), [r, first["length"]]
        case "sgd", "erf":
            return sgd_erf(rate, batch, noise), [r, first["length"]]
        case "weight-normalization", "relu":
            f = normalized_relu(rate, gamma_rate, p.get("gammaDecay", 0), batch, noise)
        case "batch-normalization", "identity":
            f = bn_identity(rate, gamma_rate, batch, noise)
        case _:
            return None
    return f, [first["gamma"], r, first["length"]]
