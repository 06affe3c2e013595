# xgboost and scikit-learn on the arrays of one task: predictions per fold as raw float64, training seconds as JSON.
import json, sys, time
import numpy as np

folder = sys.argv[1]
task = json.load(open(f"{folder}/task.json"))
X = np.fromfile(f"{folder}/features", np.float32).reshape(-1, task["columns"])
y = np.fromfile(f"{folder}/targets", np.float64)
folds = task["folds"]
fold = np.arange(len(y)) % folds
is_logistic = task["loss"] == "logistic"


def xgboost():
    import xgboost as xgb
    params = dict(objective="binary:logistic" if is_logistic else "reg:squarederror", tree_method="hist", grow_policy="lossguide",
                  max_depth=0, max_leaves=task["maxLeaves"], eta=task["learningRate"], reg_lambda=1, min_child_weight=task["minChildWeight"], nthread=2)
    if not is_logistic:
        params["base_score"] = float(y.mean())

    def fit(rows):
        return xgb.train(params, xgb.DMatrix(X[rows], y[rows]), task["trees"])
    return fit, lambda model, rows: model.predict(xgb.DMatrix(X[rows]))


def histogram():
    from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
    kind = HistGradientBoostingClassifier if is_logistic else HistGradientBoostingRegressor

    def fit(rows):
        return kind(max_iter=task["trees"], learning_rate=task["learningRate"], max_leaf_nodes=task["maxLeaves"], l2_regularization=1, early_stopping=False).fit(X[rows], y[rows])
    return fit, lambda model, rows: model.predict_proba(X[rows])[:, 1] if is_logistic else model.predict(X[rows])


def forest():
    from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
    kind = RandomForestClassifier if is_logistic else RandomForestRegressor

    def fit(rows):
        return kind(task["trees"], min_samples_leaf=5, max_features=task["columnsPerSplit"], n_jobs=2, random_state=0).fit(X[rows], y[rows])
    return fit, lambda model, rows: model.predict_proba(X[rows])[:, 1] if is_logistic else model.predict(X[rows])


def tree():
    from sklearn.tree import DecisionTreeRegressor

    def fit(rows):
        return DecisionTreeRegressor(max_depth=6, min_samples_leaf=20, random_state=0).fit(X[rows], y[rows])
    return fit, lambda model, rows: model.predict(X[rows])


answer = {}
for name in task["outputs"]:
    fit, predict = dict(xgboost=xgboost, histogram=histogram, forest=forest, tree=tree)[name]()
    predictions, seconds = np.zeros(len(y)), []
    for held in range(folds):
        started = time.perf_counter()
        model = fit(fold != held)
        seconds.append(time.perf_counter() - started)
        predictions[fold == held] = predict(model, fold == held)
    predictions.astype(np.float64).tofile(f"{folder}/{name}.f64")
    answer[name] = min(seconds)
print(json.dumps(answer))
