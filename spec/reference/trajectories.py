"""Solutions of the order-parameter equations.

    python3 spec/reference/trajectories.py           rewrites trajectories.json (some minutes; gmpy2 helps)
    python3 spec/reference/trajectories.py --check   compares the table with DOP853 in (overlap, gamma, length)

Integrated in the angle phi, so 1 - overlap = 2 sin(phi/2)^2 keeps its digits; a start at overlap = +-1 first
integrates time as a function of the angle.  Each case is solved at two orders and tolerances.
"""

import json
import pathlib
import sys

from mpmath import mp, mpf

from dynamics import angle_derivative, overlap_drift, time_derivative
from extrapolation import integrate
from gaussian_averages import averages
from table import write

DIGITS = 30
START = {"gamma": 0.5, "overlap": 0.1, "length": 0.8}
WN = {"rule": "weight-normalization", "learningRate": 0.5, "gammaLearningRate": 0.5, "batchSize": 1,
      "noiseVariance": 0.05, "gammaDecay": 0.2, "initial": START}
BN = {**WN, "rule": "batch-normalization", "activation": "identity", "gammaDecay": 0}
LONG, SHORT = [1, 2, 5, 10, 20, 50, 1000], [1, 2, 5, 10, 20, 50]


def sgd(activation, noise, overlap, length):
    return {"rule": "sgd", "activation": activation, "learningRate": 0.5, "batchSize": 1, "noiseVariance": noise,
            "initial": {"overlap": overlap, "length": length}, "times": SHORT}


# Initial lengths of erf: the double nearest sqrt(1/2), overlap the double nearest 0.01/length.
CASES = [
    sgd("identity", 0.1, 0.0, 0.1),
    sgd("relu", 0.05, 0.1, 0.8),
    sgd("erf", 0.0, 0.01 / 0.5**0.5, 0.5**0.5),
    sgd("erf", 0.1, 0.1, 0.8),
    {**WN, "activation": "relu", "times": LONG},
    {**WN, "activation": "identity", "batchSize": 4, "gammaLearningRate": 0.1, "gammaDecay": 0.1, "times": LONG},
    {**WN, "activation": "erf", "batchSize": 2, "gammaDecay": 0.05, "times": LONG},
    {**WN, "activation": "leaky-relu", "batchSize": 2, "gammaDecay": 0.05, "times": SHORT},
    {**WN, "rule": "population-normalization", "activation": "relu", "noiseVariance": 0, "gammaDecay": 0,
     "times": [1, 2, 5, 10, 20, 40, 60, 80, 100]},
    {**BN, "batchSize": 8, "times": LONG},
    {**BN, "batchSize": 32, "times": LONG},
    {**BN, "batchSize": 8, "noiseVariance": 0, "times": SHORT},
    {**BN, "batchSize": 32, "noiseVariance": 0, "times": SHORT},
    {**WN, "activation": "relu", "initial": {**START, "overlap": 1.0}, "times": [0.001, 0.1, *LONG]},
    {**WN, "activation": "identity", "initial": {**START, "overlap": 1.0}, "times": [0.001, 0.1, *SHORT]},
    {**WN, "activation": "relu", "initial": {**START, "overlap": -1.0}, "times": [0.001, 0.1, *LONG]},
    {**WN, "activation": "identity", "gammaDecay": 0.1, "schedule": "0.5 / (1 + time / 10), both rates", "times": LONG},
]


def rates(config):
    if "schedule" in config:
        return lambda time: [mpf(1) / 2 / (1 + time / 10)] * 2
    eta = mpf(config["learningRate"])
    pair = (eta, mpf(config.get("gammaLearningRate", config["learningRate"])))
    return lambda time: pair


def solve(config, tolerance, columns):
    """[phi, gamma, length] at the times."""
    initial, times = config["initial"], [mpf(t) for t in config["times"]]
    overlap, gamma, length = mpf(initial["overlap"]), mpf(initial.get("gamma", 0)), mpf(initial["length"])
    time, phi = mpf(0), mp.acos(overlap)
    if abs(overlap) == 1:
        # Walk a little way in the angle, to a time before the first one asked for.
        sign, state = int(overlap), [time, gamma, length]
        angle = mp.sqrt(-sign * overlap_drift(config, gamma, phi, length, rates(config)(time)[0])[0] * times[0] / 2)
        flow = angle_derivative(config, rates(config), sign)
        ((time, gamma, length),) = integrate(flow, mpf(0), state, [angle], tolerance, columns, angle / 4)
        assert time < times[0]
        phi = angle if sign > 0 else mp.pi - angle
    flow = time_derivative(config, rates(config))
    return list(integrate(flow, time, [phi, gamma, length], times, tolerance, columns, times[0] / 8))


def rows(config):
    rough = solve(config, mpf(10) ** -34, 15)
    fine = solve(config, mpf(10) ** -40, 19)
    for time, state, other in zip(config["times"], fine, rough):
        phi, gamma, length = state
        worst = max(abs(a - b) / abs(a) for a, b in zip(state, other) if a)
        assert worst < mpf(10) ** (-DIGITS - 1), (config, time, mp.nstr(worst, 3))
        scale = length if config["rule"] == "sgd" else gamma
        error = averages(config["activation"], scale, phi)["epsilon"]
        row = {"time": time, "overlap": mp.cos(phi), "misalignment": 2 * mp.sin(phi / 2) ** 2,
               "gamma": None if config["rule"] == "sgd" else gamma, "length": length, "generalizationError": error}
        yield {k: v if k == "time" or v is None else mp.nstr(v, DIGITS) for k, v in row.items() if v is not None}


def check(table):
    """Double precision, another method and other coordinates; only where R = +-1 is left at once by noise."""
    import numpy as np
    from scipy.integrate import solve_ivp

    mp.dps = 25
    for config in table:
        pair, first = rates(config), config["initial"]
        decay, times = config.get("gammaDecay", 0), [t for t in config["times"] if t <= 20]

        def f(time, state):
            overlap, gamma, length = (mpf(x) for x in state)
            overlap = max(min(overlap, mpf(1)), mpf(-1))
            eta, eta_gamma = pair(mpf(time))
            scale = length if config["rule"] == "sgd" else gamma
            d_overlap, d_length, v = overlap_drift(config, scale, mp.acos(overlap), length, eta)
            d_gamma = 0 if config["rule"] == "sgd" else eta_gamma * (v - mpf(decay) * gamma)
            return np.array([d_overlap, d_gamma, d_length], dtype=float)

        start = [first["overlap"], first.get("gamma", 0), first["length"]]
        out = solve_ivp(f, (0, times[-1]), start, "DOP853", times, rtol=1e-12, atol=1e-14)
        worst = max(
            abs(x - float(row[key]))
            for column, row in zip(out.y.T, config["results"])
            for x, key in zip(column, ("overlap", "gamma", "length")) if key in row
        )
        print(config["rule"], config["activation"], "largest difference", worst)
        assert worst < 1e-8


if __name__ == "__main__":
    mp.dps = 60
    if "--check" in sys.argv:
        check(json.loads(pathlib.Path(__file__).with_suffix(".json").read_text())["cases"])
        sys.exit()
    head = {
        "source": "extrapolated midpoint rule in (phi, gamma, length), two orders and tolerances, mpmath",
        "generator": "python3 spec/reference/trajectories.py",
        "digits": DIGITS,
        "definitions": {
            "generalizationError": "E[(g(u) - output)^2], no label noise, batch normalization with population statistics",
            "schedule": "where present replaces learningRate and gammaLearningRate",
        },
    }
    write("trajectories", head, cases=[{**config, "results": list(rows(config))} for config in CASES])
