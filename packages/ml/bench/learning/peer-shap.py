# xgboost's trees with the contributions it gives for them. Its splits go left below the threshold, ours up to it: the float before.
import json, sys, time
import numpy as np
import xgboost as xgb

folder = sys.argv[1]
task = json.load(open(f"{folder}/task.json"))
X = np.fromfile(f"{folder}/features", np.float32).reshape(-1, task["columns"])
y = np.fromfile(f"{folder}/targets", np.float64)
data = xgb.DMatrix(X, y)
model = xgb.train(dict(objective="binary:logistic", tree_method="hist", grow_policy="lossguide", max_depth=0, max_leaves=31, eta=0.1, nthread=2), data, 100)
nodes, sizes = [], []


def add(node, at, start):
    if "leaf" in node:
        nodes[at] = (-1, 0, 0, -1, node["leaf"], node["cover"])
        return
    children = {child["nodeid"]: child for child in node["children"]}
    left = len(nodes)
    nodes.extend([None, None])
    threshold = np.nextafter(np.float32(node["split_condition"]), np.float32(-np.inf))
    nodes[at] = (int(node["split"][1:]), float(threshold), node["missing"] == node["yes"], left - start, 0, node["cover"])
    add(children[node["yes"]], left, start)
    add(children[node["no"]], left + 1, start)


for text in model.get_dump(dump_format="json", with_stats=True):
    start = len(nodes)
    nodes.append(None)
    add(json.loads(text), start, start)
    sizes.append(len(nodes) - start)
some = xgb.DMatrix(X[: task["rows"]])
started = time.perf_counter()
contributions = model.predict(some, pred_contribs=True)
seconds = time.perf_counter() - started
columns = np.array(nodes, dtype=np.float64).T
for name, values in [*zip(["column", "threshold", "missingLeft", "left", "value", "cover"], columns), ("sizes", sizes), ("contributions", contributions), ("base", [0.0])]:
    np.ascontiguousarray(values, dtype=np.float64).tofile(f"{folder}/{name}.f64")
print(json.dumps(dict(seconds=seconds)))
