"""Right-hand sides of the order-parameter equations, derived from the discrete steps, in any precision.

State: phi = arccos(overlap), gamma, length.  V, T, D below are E[delta v], E[delta (u - R v)] and E[delta^2] with
label noise; M the batch size; one unit of time is N steps.

sgd: one step adds (eta/N) E[delta u] to w.w*/N = R L and, to leading order in N, 2 (eta/N) L V + (eta^2/N) D/M to
  |w|^2/N = L^2 (the cross terms of different samples' inputs vanish, |x|^2 = N).  Hence dL/dt = eta V +
  eta^2 D/(2 M L) and, T being E[delta u] - R V, dR/dt = eta T/L - R eta^2 D/(2 M L^2).
weight normalization: the step is orthogonal to w, so only its square changes L: d(L^2)/dt = (eta gamma/L)^2 D/M,
  and d(R L)/dt = (eta gamma/L) T.  Population normalization is the same map.
batch normalization, g = identity: the residual is the noise in the labels given the batch, sin(phi) w_i + xi_i,
  projected on the M - 2 directions orthogonal to 1 and to the field, independent of the deviation s of the field:
  V -> R E[s] - gamma, T -> sin(phi)^2 (M - 2)/M E[1/s], D/M -> (sin(phi)^2 + S)(M - 2)/M^2 E[1/s^2].
"""

from mpmath import mp, mpf

from gaussian_averages import averages


def batch_moments(batch_size):
    """E[s], E[1/s], E[1/s^2], s = chi_{M-1}/sqrt M."""
    m, nu = mpf(batch_size), mpf(batch_size - 1)
    return [(2 / m) ** (p / 2) * mp.gamma((nu + p) / 2) / mp.gamma(nu / 2) for p in (mpf(1), mpf(-1), mpf(-2))]


def drift_terms(config, gamma, phi):
    """V, T, D/M at scale gamma and angle phi."""
    m, noise = config["batchSize"], mpf(config["noiseVariance"])
    if config["rule"] != "batch-normalization":
        a = averages(config["activation"], gamma, phi)
        return a["deltaV"], a["deltaTransverse"], (a["deltaSquared"] + noise * a["gainSquared"]) / m
    assert config["activation"] == "identity"
    mean, inverse, inverse_square = batch_moments(m)
    s2, rest = mp.sin(phi) ** 2, mpf(m - 2) / m
    return mp.cos(phi) * mean - gamma, s2 * rest * inverse, (s2 + noise) * rest / m * inverse_square


def overlap_drift(config, gamma, phi, length, eta):
    """dR/dt and dL/dt."""
    v, t, noise = drift_terms(config, gamma, phi)
    if config["rule"] == "sgd":  # gamma = length
        d_length = eta * v + eta**2 * noise / (2 * length)
        return eta * t / length - mp.cos(phi) * eta**2 * noise / (2 * length**2), d_length, v
    e = eta * gamma / length**2
    return e * t - mp.cos(phi) * e**2 * noise / 2, length * e**2 * noise / 2, v


def time_derivative(config, rates):
    """f(time, [phi, gamma, length]) -> derivative; rates(time) gives (eta, eta_gamma)."""
    decay = mpf(config.get("gammaDecay", 0))

    def f(time, state):
        phi, gamma, length = state
        eta, eta_gamma = rates(time)
        scale = length if config["rule"] == "sgd" else gamma
        d_overlap, d_length, v = overlap_drift(config, scale, phi, length, eta)
        d_gamma = mpf(0) if config["rule"] == "sgd" else eta_gamma * (v - decay * gamma)
        return [-d_overlap / mp.sin(phi), d_gamma, d_length]

    return f


def angle_derivative(config, rates, sign):
    """The same flow with the angle from R = sign (+1 or -1) as the independent variable, state [time, gamma, length]:
    regular where R leaves +1 or -1 by noise alone, like sqrt(time) in the angle."""
    decay = mpf(config.get("gammaDecay", 0))

    def f(angle, state):
        time, gamma, length = state
        eta, eta_gamma = rates(time)
        phi = angle if sign > 0 else mp.pi - angle
        d_overlap, d_length, v = overlap_drift(config, gamma, phi, length, eta)
        d_time = -sign * mp.sin(angle) / d_overlap
        return [d_time, d_time * eta_gamma * (v - decay * gamma), d_time * d_length]

    return f
