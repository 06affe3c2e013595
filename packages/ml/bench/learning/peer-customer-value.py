# The same likelihoods written with scipy, and its Nelder-Mead: parameters and seconds as JSON.
import json, sys, time
import numpy as np
from scipy.optimize import minimize
from scipy.special import gammaln

folder = sys.argv[1]
x, last, age, repeats, value = (np.fromfile(f"{folder}/{name}", np.float64) for name in ["frequency", "recency", "age", "repeats", "value"])


def bg_nbd(point):
    r, alpha, a, b = np.exp(point)
    rate = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
    stay = gammaln(a + b) + gammaln(b + x) - gammaln(b) - gammaln(a + b + x)
    alive = -(r + x) * np.log(alpha + age)
    gone = np.log(a) - np.log(b + np.maximum(x, 1) - 1) - (r + x) * np.log(alpha + last)
    return -(rate + stay + np.where(x > 0, np.logaddexp(alive, gone), alive)).sum()


known = (repeats > 0) & (value > 0)
n, z = repeats[known], value[known]


def gamma_gamma(point):
    p, q, v = np.exp(point)
    return -(gammaln(p * n + q) - gammaln(p * n) - gammaln(q) + q * np.log(v) + (p * n - 1) * np.log(z) + p * n * np.log(n) - (p * n + q) * np.log(n * z + v)).sum()


options = dict(xatol=1e-9, fatol=1e-9, maxiter=10_000)
started = time.perf_counter()
r, alpha, a, b = np.exp(minimize(bg_nbd, np.zeros(4), method="Nelder-Mead", options=options).x)
seconds = time.perf_counter() - started
p, q, v = np.exp(minimize(gamma_gamma, np.zeros(3), method="Nelder-Mead", options=options).x)
print(json.dumps(dict(r=r, alpha=alpha, a=a, b=b, bgSeconds=seconds, p=p, q=q, gamma=v)))
