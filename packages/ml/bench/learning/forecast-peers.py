"""statsmodels as a peer: automatic ETS and ARIMA over the same candidates. Reads {"method", "series": [{"history", "season", "horizon"}]}."""
import json, sys, time, warnings

import numpy as np
from statsmodels.tsa.exponential_smoothing.ets import ETSModel
from statsmodels.tsa.seasonal import STL
from statsmodels.tsa.statespace.sarimax import SARIMAX
from statsmodels.tsa.stattools import kpss

warnings.filterwarnings("ignore")


def auto_ets(y, season, horizon):
    """All stable forms, lowest AICc."""
    best = None
    seasonal = [None] if season == 1 or len(y) < 2 * season + 2 else [None, "add", "mul"]
    for error in ("add", "mul"):
        for trend, damped in ((None, False), ("add", False), ("add", True)):
            for kind in seasonal:
                if error == "add" and kind == "mul" or min(y) <= 0 and "mul" in (error, kind):
                    continue
                try:
                    fit = ETSModel(y, error=error, trend=trend, damped_trend=damped, seasonal=kind, seasonal_periods=season if kind else None).fit(disp=0)
                except Exception:
                    continue
                if np.isfinite(fit.aicc) and (best is None or fit.aicc < best.aicc):
                    best = fit
    return best.forecast(horizon)


def differences(y, season):
    seasonal = 0
    if season > 1 and len(y) >= 2 * season + 2:
        parts = STL(y, period=season, seasonal=11, seasonal_deg=0).fit(inner_iter=2)
        if 1 - np.var(parts.resid) / np.var(parts.resid + parts.seasonal) > 0.64:
            seasonal, y = 1, y[season:] - y[:-season]
    plain = 0
    while plain < 2 and kpss(y, regression="c", nlags=int(3 * np.sqrt(len(y)) / 13))[0] > 0.463:
        plain, y = plain + 1, np.diff(y)
    return plain, seasonal


STEPS = [(0, 0, -1, 0), (0, 0, 0, -1), (0, 0, 1, 0), (0, 0, 0, 1), (0, 0, -1, -1), (0, 0, -1, 1), (0, 0, 1, -1), (0, 0, 1, 1),
         (-1, 0, 0, 0), (0, -1, 0, 0), (1, 0, 0, 0), (0, 1, 0, 0), (-1, -1, 0, 0), (-1, 1, 0, 0), (1, -1, 0, 0), (1, 1, 0, 0)]


def auto_arima(y, season, horizon):
    """The stepwise search of Hyndman and Khandakar (statsmodels has none of its own), lowest AICc."""
    d, seasonal_d = differences(y, season)
    most = 2 if season > 1 and len(y) >= 2 * season + 2 else 0
    known, best = set(), [None, None]

    def attempt(p, q, P, Q, constant):
        key = (p, q, P, Q, constant)
        if min(p, q, P, Q) < 0 or max(p, q) > 5 or max(P, Q) > most or key in known or constant and d + seasonal_d > 1:
            return False
        known.add(key)
        trend = ("c" if d + seasonal_d == 0 else "t") if constant else "n"
        try:
            fit = SARIMAX(y, order=(p, d, q), seasonal_order=(P, seasonal_d, Q, season if most else 0), trend=trend).fit(disp=0)
        except Exception:
            return False
        if not np.isfinite(fit.aicc) or best[1] is not None and fit.aicc >= best[1].aicc:
            return False
        best[:] = key, fit
        return True

    drift = d + seasonal_d <= 1
    one = min(1, most)
    for key in ((2, 2, one, one, drift), (0, 0, 0, 0, drift), (1, 0, one, 0, drift), (0, 1, 0, one, drift), (0, 0, 0, 0, False)):
        attempt(*key)
    while True:
        p, q, P, Q, constant = best[0]
        if not (any(attempt(p + a, q + b, P + c, Q + e, constant) for a, b, c, e in STEPS) or attempt(p, q, P, Q, not constant)):
            break
    return best[1].forecast(horizon)


job = json.load(sys.stdin)
method = {"ets": auto_ets, "arima": auto_arima}[job["method"]]
started = time.process_time()
forecasts = [list(method(np.array(one["history"], float), one["season"], one["horizon"])) for one in job["series"]]
print(json.dumps({"seconds": time.process_time() - started, "forecasts": forecasts}))
