# scikit-learn's coefficients (then the intercept) as raw float64, milliseconds of the fastest of five trainings as JSON.
import json, sys, time
import numpy as np
from sklearn.linear_model import ElasticNet, Lasso, LinearRegression, LogisticRegression, Ridge

folder = sys.argv[1]
task = json.load(open(f"{folder}/task.json"))
X = np.fromfile(f"{folder}/features", np.float32).reshape(-1, task["columns"]).astype(np.float64)
y = np.fromfile(f"{folder}/targets", np.float64)
models = dict(
    linear=LinearRegression(),
    ridge=Ridge(10),
    lasso=Lasso(task["alpha"], tol=1e-10, max_iter=100_000),
    elastic=ElasticNet(alpha=task["alpha"], l1_ratio=0.3, tol=1e-10, max_iter=100_000),
    logistic=LogisticRegression(C=1 / (len(y) * task["l2"]), tol=1e-7, max_iter=10_000),
)
answer = {}
for name, model in models.items():
    times = []
    for _ in range(5):
        started = time.perf_counter()
        model.fit(X, y)
        times.append(time.perf_counter() - started)
    np.append(np.ravel(model.coef_), np.ravel(model.intercept_)).astype(np.float64).tofile(f"{folder}/{name}.f64")
    answer[name] = min(times) * 1000
print(json.dumps(answer))
