# scikit-learn on the same matrix: values and the seconds of the faster of two runs as JSON.
import json, sys, time
import numpy as np
from sklearn.cluster import DBSCAN, KMeans
from sklearn.decomposition import PCA
from sklearn.mixture import GaussianMixture

folder = sys.argv[1]
task = json.load(open(f"{folder}/task.json"))
points = np.fromfile(f"{folder}/points", np.float64).reshape(-1, 3)


def timed(run):
    seconds = []
    for _ in range(2):
        started = time.perf_counter()
        result = run()
        seconds.append(time.perf_counter() - started)
    return result, min(seconds)


answer = {}
for k in task["ks"]:
    _, answer[f"kmeans{k}"] = timed(lambda: KMeans(k, n_init=10, random_state=0).fit(points))
    answer[f"inertia{k}"] = KMeans(k, n_init=40, random_state=0).fit(points).inertia_
for radius in task["radii"]:
    _, answer[f"dbscan{radius}"] = timed(lambda: DBSCAN(eps=radius, min_samples=10).fit(points))
mixture, answer["mixtureSeconds"] = timed(lambda: GaussianMixture(4, n_init=5, tol=1e-5, max_iter=500, random_state=0).fit(points))
answer["mixture"] = mixture.score(points)
components, answer["components"] = timed(lambda: PCA().fit(points))
components.explained_variance_.astype(np.float64).tofile(f"{folder}/variances.f64")
print(json.dumps(answer))
