"""The peers in Python, and the process that runs them; it obeys the orders of org.konvergo.bench.Worker.

A peer is a function that is named after the kind of workload it solves. It gets the inputs, does what
need not be timed, and returns the call that is timed, which does the whole work at every call. That call
returns the answer as an array; where the answer has to be made from the result, the function returns
both, the call and what makes the answer. This file runs in an environment of its own, with what
bench-requirements.txt pins.
"""

from __future__ import annotations

import gc
import hashlib
import math
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

try:
    import numpy as np
except ImportError:  # Peers can be listed without.
    np: Any = None

LEAST_CALLS = 3

# A solver that takes longer for one call is left out: 20 turns would take the better part of an hour.
SECONDS = 60

Inputs = dict[str, Any]
Solve = Callable[[], Any]
Prepared = Solve | tuple[Solve, Callable[[Any], Any]]

PEERS: dict[tuple[str, str], Callable[[Inputs], Prepared]] = {}


class TooSlow(Exception):
    """A peer was not at the goal when its time was up."""


def peer(name: str, *kinds: str) -> Callable[[Callable[[Inputs], Prepared]], Callable[[Inputs], Prepared]]:
    """Registers a peer for workloads of some kinds."""

    def register(function: Callable[[Inputs], Prepared]) -> Callable[[Inputs], Prepared]:
        for kind in kinds:
            PEERS[kind, name] = function
        return function

    return register


def names(kind: str) -> list[str]:
    """The peers for a kind of workload."""
    return [name for of, name in PEERS if of == kind]


# Kernels


@peer("NumPy", "gemm", "gemv")
def product(x: Inputs) -> Prepared:
    """Into a matrix that is there."""
    a, b = x["a"], x["b"] if "b" in x else x["x"]
    out = a @ b
    return lambda: np.matmul(a, b, out=out)


@peer("NumPy", "dot")
def dot(x: Inputs) -> Prepared:
    """By BLAS."""
    a, b = x["x"], x["y"]
    return lambda: np.dot(a, b)


def ufunc(function: Any, x: Inputs) -> Prepared:
    """Into a vector that is there."""
    a = x["x"]
    out = np.empty_like(a)
    return lambda: function(a, out=out)


for one in ("exp", "expm1", "log", "log1p", "tanh"):
    peer("NumPy", one)(lambda x, one=one: ufunc(getattr(np, one), x))


@peer("SciPy", "sigmoid")
def sigmoid(x: Inputs) -> Prepared:
    """NumPy has none."""
    from scipy.special import expit

    return ufunc(expit, x)


@peer("SciPy", "logsumexp")
def log_sum_exp(x: Inputs) -> Prepared:
    """SciPy's own."""
    from scipy.special import logsumexp

    a = x["a"]
    return lambda: logsumexp(a, axis=1)


# Transport


@peer("POT", "sinkhorn", "sinkhorn-newton")
def sinkhorn(x: Inputs) -> Prepared:
    """The fastest of POT's methods that gets there; scalings without logs are, where they do."""
    return entropic(x, "sinkhorn", "sinkhorn_stabilized", "sinkhorn_log")


@peer("POT", "sinkhorn-log")
def sinkhorn_log(x: Inputs) -> Prepared:
    """Log-domain against log-domain."""
    return entropic(x, "sinkhorn_log")


def entropic(x: Inputs, *methods: str) -> Prepared:
    """POT stops by another norm of the error: its threshold is set as loose as the measure allows."""
    import ot

    cost, weights, eta, goal = x["cost"], x["weights"], x["eta"], x["error"]

    def solver(method: str, threshold: float) -> Solve:
        return lambda: ot.sinkhorn(
            weights, weights, cost, 1 / eta, method=method, stopThr=threshold, numItermax=1_000_000,
            warn=False, log=True,
        )  # fmt: skip

    def error(plan: Any) -> float:
        return float(np.abs(plan.sum(1) - weights).sum() + np.abs(plan.sum(0) - weights).sum())

    def potentials(result: tuple[Any, dict[str, Any]]) -> Any:
        log = result[1]
        for u, v in (("log_u", "log_v"), ("logu", "logv")):
            if u in log:
                return np.concatenate([log[u], log[v]]) / eta + 0.5 / eta
        return np.log(np.concatenate([log["u"], log["v"]])) / eta + 0.5 / eta

    strict = goal / np.sqrt(len(weights))
    for method in methods:
        with np.errstate(all="ignore"):
            plan, log = solver(method, strict)()
        reached = error(plan)
        if not reached <= goal:
            continue
        threshold = log["err"][-1] * goal / reached if reached > 0 else strict
        while threshold > strict and not error(solver(method, threshold)()[0]) <= goal:
            threshold *= 0.9
        return solver(method, max(threshold, strict)), potentials
    raise ArithmeticError("none of POT's methods gets there")


@peer("POT", "transport-quadratic")
def quadratic(x: Inputs) -> Prepared:
    """POT's semi-dual by SciPy's L-BFGS-B."""
    return smooth(x, "l2")


@peer("POT", "transport-entropic")
def entropic_semi_dual(x: Inputs) -> Prepared:
    """POT's semi-dual by SciPy's L-BFGS-B."""
    return smooth(x, "kl")


@peer("POT", "transport-sparse")
def sparse(x: Inputs) -> Prepared:
    """POT's semi-dual by SciPy's L-BFGS-B; the code is by the authors of the method."""
    return smooth(x, "sparsity_constrained")


@peer("POT, quadratic", "transport-sparse")
def sparse_by_quadratic(x: Inputs) -> Prepared:
    """Without the limit on the entries, as in the paper's comparison."""
    return smooth(x, "l2")


def smooth(x: Inputs, regularizer: str) -> Prepared:
    """POT hands one threshold to SciPy, for values and for gradients: the loosest that gets there."""
    import ot

    cost, weights, goal = x["cost"], x["weights"], x["error"]

    def solver(threshold: float) -> Solve:
        return lambda: ot.smooth.smooth_ot_semi_dual(
            weights, weights, cost, x["strength"], reg_type=regularizer, max_nz=int(x["most"]),
            stopThr=threshold, numItermax=20_000, log=True,
        )  # fmt: skip

    threshold = goal
    while threshold > np.finfo(float).eps / 10:
        plan, _ = solver(threshold)()
        if np.abs(plan.sum(1) - weights).max() <= goal:
            return solver(threshold), lambda result: result[1]["alpha"].ravel()
        threshold /= 2
    raise ArithmeticError("POT's solver does not get there")


@peer("SciPy", "assignment")
def assignment(x: Inputs) -> Prepared:
    """Jonker and Volgenant's algorithm in C++."""
    from scipy.optimize import linear_sum_assignment

    cost = x["cost"]
    return (lambda: linear_sum_assignment(cost)), lambda result: result[1].astype(float)


@peer("POT", "assignment")
def transport(x: Inputs) -> Prepared:
    """The network simplex in C++."""
    import ot

    cost = x["cost"]
    weights = np.full(len(cost), 1.0)
    return (lambda: ot.emd(weights, weights, cost, numItermax=10**8)), lambda plan: plan.argmax(1)


@peer("PDLP", "assignment-lp")
def pdlp(x: Inputs) -> Prepared:
    """Google's restarted primal-dual hybrid gradient method, with its own preconditioning, in C++."""
    from ortools.pdlp import solvers_pb2
    from ortools.pdlp.python import pdlp as solver

    cost, goal = x["cost"], x["error"]
    n = len(cost)
    program = solver.QuadraticProgram()
    program.objective_vector = cost.ravel()
    program.constraint_matrix = sums(n)
    program.constraint_lower_bounds = program.constraint_upper_bounds = np.ones(2 * n)
    program.variable_lower_bounds = np.zeros(n * n)
    program.variable_upper_bounds = np.full(n * n, np.inf)
    parameters = solvers_pb2.PrimalDualHybridGradientParams()
    criteria = parameters.termination_criteria
    criteria.optimality_norm = solvers_pb2.OPTIMALITY_NORM_L_INF
    criteria.simple_optimality_criteria.eps_optimal_absolute = goal
    criteria.simple_optimality_criteria.eps_optimal_relative = goal
    criteria.time_sec_limit = SECONDS

    def solve() -> Any:
        result = solver.primal_dual_hybrid_gradient(program, parameters)
        if result.solve_log.termination_reason == solvers_pb2.TERMINATION_REASON_TIME_LIMIT:
            steps = result.solve_log.iteration_count
            raise TooSlow(f"not at the goal after {SECONDS} s, {steps:,} iterations")
        return result

    return solve, lambda result: np.maximum(result.primal_solution, 0)


@peer("HiGHS", "assignment-lp")
def highs(x: Inputs) -> Prepared:
    """The simplex method of HiGHS, through SciPy; exact."""
    from scipy.optimize import linprog

    cost = x["cost"]
    n = len(cost)
    a, b = sums(n), np.ones(2 * n)
    return (lambda: linprog(cost.ravel(), A_eq=a, b_eq=b, method="highs")), lambda result: result.x


@peer("linear_sum_assignment", "assignment-lp")
def exact_plan(x: Inputs) -> Prepared:
    """Jonker and Volgenant's algorithm in C++, which knows that it is an assignment; exact."""
    from scipy.optimize import linear_sum_assignment

    cost = x["cost"]

    def plan(result: tuple[Any, Any]) -> Any:
        answer = np.zeros_like(cost)
        answer[result] = 1
        return answer

    return (lambda: linear_sum_assignment(cost)), plan


def sums(n: int) -> Any:
    """The sparse matrix that takes a plan, row by row, to its row sums and column sums."""
    from scipy.sparse import eye, kron, vstack

    ones = np.ones((1, n))
    return vstack([kron(eye(n), ones), kron(ones, eye(n))], format="csc")


@peer("NumPy", "residual")
def extragradient(x: Inputs) -> Prepared:
    """The extragradient method with all terms at once, by BLAS; the residual is had on the way."""
    a, b = x["a"], x["b"]
    m, n = a.shape

    def gradient(u: Any) -> Any:
        return a.T @ (a @ u - b) / m

    def solve() -> Any:
        u = np.zeros(n)
        g = gradient(u)
        goal = x["share"] * np.linalg.norm(g)
        while np.linalg.norm(g) > goal:
            u = u - 0.99 * gradient(u - 0.99 * g)
            g = gradient(u)
        return u

    return solve


# Federated learning


@peer("NumPy", "fedavg", "fedprox")
def federated(x: Inputs) -> Prepared:
    """The rounds as one writes them in NumPy; each epoch's samples are gathered once."""
    features, first, clients, order = x["features"], x["first"], x["clients"], x["order"]
    hot = np.eye(int(x["classes"]))[x["labels"]]
    rounds, per_round, epochs = int(x["rounds"]), int(x["perRound"]), int(x["epochs"])
    batch, step, mu = int(x["batch"]), x["step"], x["mu"]

    def visit(model: Any, start: int, m: int) -> Any:
        w = model.copy()
        for epoch in range(start, start + epochs * m, m):
            rows = order[epoch : epoch + m]
            a, y = features[rows], hot[rows]
            for i in range(0, m, batch):
                part = a[i : i + batch]
                p = part @ w.T
                p -= p.max(1, keepdims=True)
                np.exp(p, out=p)
                p /= p.sum(1, keepdims=True)
                p -= y[i : i + batch]
                gradient = p.T @ part
                gradient *= step / len(part)
                if mu > 0:
                    gradient += (step * mu) * (w - model)
                w -= gradient
        return w

    def solve() -> Any:
        model = np.zeros((hot.shape[1], features.shape[1]))
        start = 0
        for t in range(rounds):
            drawn = clients[t * per_round : (t + 1) * per_round]
            sizes = first[drawn + 1] - first[drawn]
            total = np.zeros_like(model)
            for m in sizes.tolist():
                total += m * visit(model, start, m)
                start += epochs * m
            model = total / sizes.sum()
        return model

    return solve


# Games


@peer("NumPy", "water-filling")
def water_filling(x: Inputs) -> Prepared:
    """All channels, users and carriers in one array; every tick is a handful of calls."""
    c, q, k = int(x["channels"]), int(x["users"]), int(x["carriers"])
    gains = x["gains"].reshape(c, q, q, k)
    direct = np.einsum("cqqk->cqk", gains)
    # From [from, to] to [to, from], relative to the receiver's own gain.
    cross = np.ascontiguousarray(gains.transpose(0, 3, 2, 1) / direct.transpose(0, 2, 1)[..., None])
    cross[:, :, np.arange(q), np.arange(q)] = 0
    quiet = np.ascontiguousarray((x["noise"] / direct).transpose(0, 2, 1))
    counts = np.arange(1, k + 1)

    def reply(p: Any) -> Any:
        heard = (quiet + (cross @ p[..., None])[..., 0]).transpose(0, 2, 1)
        quietest = np.sort(heard, axis=2)
        levels = (1 + np.cumsum(quietest, axis=2)) / counts
        used = np.count_nonzero(quietest < levels, axis=2, keepdims=True)
        level = np.take_along_axis(levels, used - 1, axis=2)
        return np.maximum(level - heard, 0).transpose(0, 2, 1)

    def solve() -> Any:
        p = np.full((c, k, q), 1 / k)
        while True:
            answer = reply(p)
            if np.abs(answer - p).max() < x["residual"]:
                return p
            p = answer

    return solve, lambda p: p.transpose(0, 2, 1)


# Control


@peer("NumPy", "birkhoff-assembly")
def birkhoff(x: Inputs) -> Prepared:
    """Dense blocks, filled by strided slices."""
    a, b, weight, h, n = x["a"], x["b"], x["controlWeight"], x["finalTime"] / 2, int(x["intervals"])

    def birkhoff_matrix() -> Any:
        k = np.arange(n + 1)
        theta = np.pi * (n - k) / n
        tau = np.cos(theta)
        up, down = np.cos(np.outer(theta, k[2:] + 1)), np.cos(np.outer(theta, k[2:] - 1))
        integrals = np.empty((n + 1, n + 1))
        integrals[:, 0] = tau + 1
        integrals[:, 1] = (tau - 1) * (tau + 1) / 2
        integrals[:, 2:] = (up / (k[2:] + 1) - down / (k[2:] - 1)) / 2
        integrals[:, 2:] -= integrals[0, 2:]
        ends = np.ones(n + 1)
        ends[[0, n]] = 0.5
        return integrals @ ((2 / n * ends[:, None]) * np.cos(np.outer(k, theta)) * ends)

    def solve() -> Any:
        states, controls = b.shape
        m = n + 1
        from_a = birkhoff_matrix()
        weights = from_a[-1]
        from_b = from_a - weights
        width = m * states
        sv, sl, so, su, end = width, 2 * width, 3 * width, 4 * width, 4 * width + m * controls
        jacobian = np.eye(end + 4 * states)
        nodes = np.arange(m)

        def at_nodes(row: int, col: int, block: Any) -> None:
            for (p, q), value in np.ndenumerate(block):
                jacobian[row + p + nodes * block.shape[0], col + q + nodes * block.shape[1]] = value

        at_nodes(sv, 0, -h * a)
        at_nodes(sv, su, -h * b)
        at_nodes(so, 0, h * np.eye(states))
        at_nodes(so, sl, h * a.T)
        at_nodes(su, sl, h * b.T)
        at_nodes(su, su, h * weight * np.eye(controls))
        for i in range(states):
            jacobian[i:sv:states, sv + i : sl : states] = -from_a
            jacobian[i:sv:states, end + i] = -1
            jacobian[sl + i : so : states, so + i : su : states] = -from_b
            xb, la, lb = end + states + i, end + 2 * states + i, end + 3 * states + i
            jacobian[sl + i : so : states, lb] = -1
            jacobian[xb, end + i] = -1
            jacobian[xb, sv + i : sl : states] = -weights
            jacobian[la, lb] = -1
            jacobian[la, so + i : su : states] = weights
            jacobian[lb, xb] = -1
        return jacobian

    return solve


@peer("SciPy", "birkhoff-eigenvalues")
def eigenvalues(x: Inputs) -> Prepared:
    """LAPACK's."""
    from scipy.linalg import eigvals

    a = x["jacobian"]
    return (lambda: eigvals(a, check_finite=False)), lambda mu: mu.astype(complex).view(float)


@peer("SciPy", "birkhoff-condition")
def singular_values(x: Inputs) -> Prepared:
    """LAPACK's."""
    from scipy.linalg import svdvals

    a = x["jacobian"]
    return (lambda: svdvals(a, check_finite=False)), lambda s: s[[0, -1]]


# Constrained problems


def loosest(reaches: Callable[[float], bool], first: float, least: float = 1e-16) -> float | None:
    """The loosest threshold, by factors of 3, that gets there; none if none does."""
    threshold = first
    while threshold >= least:
        if reaches(threshold):
            return threshold
        threshold /= 3
    return None


def fastest(solves: list[Solve], who: str) -> Solve:
    """The one with the least time of three, in a process that is warm."""

    def seconds(solve: Solve) -> float:
        times = []
        for _ in range(4):
            start = time.perf_counter()
            solve()
            times.append(time.perf_counter() - start)
        return min(times[1:])

    if not solves:
        raise ArithmeticError(f"{who} does not get there")
    return solves[0] if len(solves) == 1 else min(solves, key=seconds)


@peer("CVXPY with SCS", "convex-relu")
def relu_by_scs(x: Inputs) -> Prepared:
    """The splitting conic solver."""
    limits = {"max_iters": 1_000_000, "time_limit_secs": 60}
    return convex_relu(x, "SCS", lambda goal: {"eps_abs": goal, "eps_rel": goal, **limits})


@peer("CVXPY with Clarabel", "convex-relu")
def relu_by_clarabel(x: Inputs) -> Prepared:
    """An interior-point method."""
    names = ("tol_gap_abs", "tol_gap_rel", "tol_feas")
    return convex_relu(x, "CLARABEL", lambda goal: {**dict.fromkeys(names, goal), "max_threads": 1})


def convex_relu(x: Inputs, solver: str, options: Callable[[float], dict[str, Any]]) -> Prepared:
    """What CVXPY makes of the program is made beforehand; only the solver's own work is timed."""
    import cvxpy as cp

    features, y, active, beta = x["x"], x["y"], x["patterns"], x["beta"]
    v, w = (cp.Variable((len(active), features.shape[1])) for _ in range(2))
    signs = 2 * active - 1
    predicted = cp.sum(cp.multiply(active, (v - w) @ features.T), axis=0)
    norms = cp.sum(cp.norm(v, 2, axis=1)) + cp.sum(cp.norm(w, 2, axis=1))
    problem = cp.Problem(
        cp.Minimize(cp.sum_squares(predicted - y) / 2 + beta * norms),
        [cp.multiply(signs, v @ features.T) >= 0, cp.multiply(signs, w @ features.T) >= 0],
    )
    data, chain, inverse = problem.get_problem_data(solver, solver_opts={})

    def solving(goal: float) -> Solve:
        # Options are made anew, since CVXPY changes what it is given.
        return lambda: chain.solve_via_data(problem, data, False, False, options(goal))

    def variables(solution: Any) -> Any:
        problem.unpack_results(solution, chain, inverse)
        return np.concatenate([v.value.ravel(), w.value.ravel()])

    def reaches(goal: float) -> bool:
        try:
            u = variables(solving(goal)()).reshape(2, len(active), -1)
        except cp.SolverError:
            return False
        scores = u @ features.T
        error = (active * (scores[0] - scores[1])).sum(0) - y
        value = error @ error / 2 + beta * np.linalg.norm(u, axis=2).sum()
        return max(abs(value / x["best"] - 1), -(signs * scores).min()) <= x["share"]

    goal = loosest(reaches, 0.1, 1e-12)
    if goal is None:
        raise ArithmeticError(f"{solver} does not get there")
    return solving(goal), variables


@peer("SciPy SLSQP", "log-portfolio")
def portfolio_by_slsqp(x: Inputs) -> Prepared:
    """Sequential least squares programming."""
    from scipy.optimize import minimize

    growth = LogGrowth(x)
    whole = {"type": "eq", "fun": lambda w: w.sum() - 1, "jac": np.ones_like}

    def solving(start: Any, goal: float) -> Solve:
        return lambda: minimize(
            growth.value, start, jac=growth.gradient, bounds=[(0, 1)] * len(start), constraints=whole,
            method="SLSQP", options={"ftol": goal, "maxiter": 1000},
        )  # fmt: skip

    first, alike = np.eye(growth.size)[0], np.full(growth.size, 1 / growth.size)
    return growth.prepared(solving, [first, alike], "SLSQP")


@peer("SciPy trust-constr", "log-portfolio")
def portfolio_by_trust_region(x: Inputs) -> Prepared:
    """An interior-point method with trust regions; it gets the Hessian too."""
    from scipy.optimize import Bounds, LinearConstraint, minimize

    growth = LogGrowth(x)
    whole = LinearConstraint(np.ones((1, growth.size)), 1, 1)

    def solving(start: Any, goal: float) -> Solve:
        return lambda: minimize(
            growth.value, start, jac=growth.gradient, hess=growth.hessian, bounds=Bounds(0, np.inf),
            constraints=whole, method="trust-constr",
            options={"gtol": goal, "barrier_tol": goal, "xtol": 1e-15, "maxiter": 3000},
        )  # fmt: skip

    # It keeps to the inside, and so starts there.
    return growth.prepared(solving, [np.full(growth.size, 1 / growth.size)], "trust-constr")


class LogGrowth:
    """The negative logarithm of a portfolio's growth."""

    def __init__(self, x: Inputs) -> None:
        self.returns = x["returns"]
        self.size = self.returns.shape[1]
        self.goal = x["error"]

    def value(self, w: Any) -> float:
        """Infinite where a period's growth is not positive."""
        growth = self.returns @ w
        return float(-np.log(growth).sum()) if growth.min() > 0 else np.inf

    def gradient(self, w: Any) -> Any:
        """Of the value."""
        return -(1 / (self.returns @ w)) @ self.returns

    def hessian(self, w: Any) -> Any:
        """Of the value, by one product."""
        scaled = self.returns / (self.returns @ w)[:, None]
        return scaled.T @ scaled

    def gap(self, w: Any) -> float:
        """That of Frank and Wolfe, after what is outside the simplex is moved into it."""
        inside = np.maximum(w, 0)
        inside /= inside.sum()
        slope = self.gradient(inside)
        return float(slope @ inside - slope.min())

    def prepared(self, solving: Callable[[Any, float], Solve], starts: list[Any], who: str) -> Prepared:
        """From the start that is fastest, as loosely as it goes."""
        solves = []
        for start in starts:

            def reaches(goal: float, start: Any = start) -> bool:
                return self.gap(solving(start, goal)().x) <= self.goal

            goal = loosest(reaches, self.goal * 10, 1e-14)
            if goal is not None:
                solves.append(solving(start, goal))
        return fastest(solves, who), lambda result: result.x


@peer("SciPy SLSQP", "equality-constrained")
def equations_by_slsqp(x: Inputs) -> Prepared:
    """Sequential least squares programming; it makes no use of Hessians."""
    from scipy.optimize import minimize

    def solving(one: Equations, start: Any, goal: float) -> Solve:
        equations = {"type": "eq", "fun": one.constraints, "jac": one.jacobian}
        return lambda: minimize(
            one.value, start, jac=one.gradient, constraints=equations, method="SLSQP",
            options={"ftol": goal, "maxiter": 1000},
        )  # fmt: skip

    return equations(x, solving)


@peer("SciPy trust-constr", "equality-constrained")
def equations_by_trust_region(x: Inputs) -> Prepared:
    """Sequential quadratic programming with trust regions, by Byrd and Omojokun; with Hessians."""
    from scipy.optimize import NonlinearConstraint, minimize

    def solving(one: Equations, start: Any, goal: float) -> Solve:
        equations = NonlinearConstraint(one.constraints, 0, 0, one.jacobian, one.constraint_hessian)
        return lambda: minimize(
            one.value, start, jac=one.gradient, hess=one.hessian, constraints=equations,
            method="trust-constr", options={"gtol": goal, "xtol": 1e-15, "maxiter": 1000},
        )  # fmt: skip

    return equations(x, solving)


def equations(x: Inputs, solving: Callable[[Equations, Any, float], Solve]) -> Prepared:
    """One problem after the other, each by the loosest threshold that gets it to the residual."""
    solves = []
    ends = np.cumsum(x["variables"])
    for problem, n, end in zip(x["problems"], x["variables"], ends):
        one, start = CUTEST[problem], x["starts"][end - n : end]

        def reaches(goal: float, one: Equations = one, start: Any = start) -> bool:
            return one.residual(solving(one, start, goal)().x) <= x["error"]

        goal = loosest(reaches, 1.0)
        if goal is None:
            raise ArithmeticError(f"problem {problem} of the collection is not solved")
        solves.append(solving(one, start, goal))

    def answer(results: list[Any]) -> Any:
        counts = [[result.nfev, result.njev, result.get("nhev", 0)] for result in results]
        return np.concatenate([np.append(result.x, count) for result, count in zip(results, counts)])

    return (lambda: [solve() for solve in solves]), answer


class Equations:
    """Minimise f(x) where c(x) = 0, with derivatives: functions of the entries of x, which return lists.

    Hessians are given by their entries on and above the diagonal that are not zero, those of the constraints
    for the multipliers v.
    """

    def __init__(self, f: Any, g: Any, h: Any, c: Any, j: Any, k: Any) -> None:
        self.f, self.g, self.h, self.c, self.j, self.k = f, g, h, c, j, k

    def value(self, x: Any) -> float:
        """f."""
        return float(self.f(*x.tolist()))

    def gradient(self, x: Any) -> Any:
        """Its gradient."""
        return np.array(self.g(*x.tolist()), float)

    def hessian(self, x: Any) -> Any:
        """Its Hessian."""
        return symmetric(len(x), self.h(*x.tolist()))

    def constraints(self, x: Any) -> Any:
        """c."""
        return np.array(self.c(*x.tolist()), float)

    def jacobian(self, x: Any) -> Any:
        """One row a constraint."""
        return np.array(self.j(*x.tolist()), float)

    def constraint_hessian(self, x: Any, v: Any) -> Any:
        """The constraints' Hessians, weighted."""
        return symmetric(len(x), self.k(v.tolist(), *x.tolist()))

    def residual(self, x: Any) -> float:
        """The norm of the constraints and of the Lagrangian's gradient, with the best multipliers."""
        gradient, jacobian = self.gradient(x), self.jacobian(x)
        multipliers = np.linalg.lstsq(jacobian.T, gradient, rcond=None)[0]
        return float(np.linalg.norm([*(gradient - jacobian.T @ multipliers), *self.constraints(x)]))


def symmetric(n: int, entries: dict[tuple[int, int], float]) -> Any:
    """A matrix by its entries on and above the diagonal."""
    matrix = np.zeros((n, n))
    for (row, column), entry in entries.items():
        matrix[row, column] = matrix[column, row] = entry
    return matrix


def diagonal(*entries: float) -> dict[tuple[int, int], float]:
    """The entries of a diagonal matrix."""
    return {(i, i): entry for i, entry in enumerate(entries)}


def chain(a: float, b: float, c: float, d: float, e: float) -> float:
    """The function of HS79 and BT11."""
    return (a - 1) ** 2 + (a - b) ** 2 + (b - c) ** 2 + (c - d) ** 4 + (d - e) ** 4


def chain_gradient(a: float, b: float, c: float, d: float, e: float) -> list[float]:
    """Its gradient."""
    p, q = 4 * (c - d) ** 3, 4 * (d - e) ** 3
    return [2 * (a - 1) + 2 * (a - b), 2 * (b - a) + 2 * (b - c), 2 * (c - b) + p, q - p, -q]


def chain_hessian(a: float, b: float, c: float, d: float, e: float) -> dict[tuple[int, int], float]:
    """Its Hessian."""
    p, q = 12 * (c - d) ** 2, 12 * (d - e) ** 2
    return {**diagonal(4, 4, 2 + p, p + q, q), (0, 1): -2, (1, 2): -2, (2, 3): -p, (3, 4): -q}


SQRT2 = 2**0.5

# In the order of org.konvergo.problem.CutestProblem.
CUTEST = [
    Equations(  # HS6
        lambda a, b: (a - 1) ** 2,
        lambda a, b: [2 * (a - 1), 0],
        lambda a, b: {(0, 0): 2},
        lambda a, b: [10 * (b - a * a)],
        lambda a, b: [[-20 * a, 10]],
        lambda v, a, b: {(0, 0): -20 * v[0]},
    ),
    Equations(  # HS7
        lambda a, b: math.log(a * a + 1) - b,
        lambda a, b: [2 * a / (a * a + 1), -1],
        lambda a, b: {(0, 0): 2 * (1 - a * a) / (a * a + 1) ** 2},
        lambda a, b: [(a * a + 1) ** 2 + b * b - 4],
        lambda a, b: [[4 * a * (a * a + 1), 2 * b]],
        lambda v, a, b: diagonal(v[0] * (12 * a * a + 4), 2 * v[0]),
    ),
    Equations(  # HS28
        lambda a, b, c: (a + b) ** 2 + (b + c) ** 2,
        lambda a, b, c: [2 * (a + b), 2 * (a + b) + 2 * (b + c), 2 * (b + c)],
        lambda a, b, c: {**diagonal(2, 4, 2), (0, 1): 2, (1, 2): 2},
        lambda a, b, c: [a + 2 * b + 3 * c - 1],
        lambda a, b, c: [[1, 2, 3]],
        lambda v, a, b, c: {},
    ),
    Equations(  # HS39
        lambda a, b, c, d: -a,
        lambda a, b, c, d: [-1, 0, 0, 0],
        lambda a, b, c, d: {},
        lambda a, b, c, d: [b - a**3 - c * c, a * a - b - d * d],
        lambda a, b, c, d: [[-3 * a * a, 1, -2 * c, 0], [2 * a, -1, 0, -2 * d]],
        lambda v, a, b, c, d: diagonal(2 * v[1] - 6 * a * v[0], 0, -2 * v[0], -2 * v[1]),
    ),
    Equations(  # HS40
        lambda a, b, c, d: -a * b * c * d,
        lambda a, b, c, d: [-b * c * d, -a * c * d, -a * b * d, -a * b * c],
        lambda a, b, c, d: {
            (0, 1): -c * d,
            (0, 2): -b * d,
            (0, 3): -b * c,
            (1, 2): -a * d,
            (1, 3): -a * c,
            (2, 3): -a * b,
        },
        lambda a, b, c, d: [a**3 + b * b - 1, a * a * d - c, d * d - b],
        lambda a, b, c, d: [[3 * a * a, 2 * b, 0, 0], [2 * a * d, 0, -1, a * a], [0, -1, 0, 2 * d]],
        lambda v, a, b, c, d: {
            **diagonal(6 * a * v[0] + 2 * d * v[1], 2 * v[0], 0, 2 * v[2]),
            (0, 3): 2 * a * v[1],
        },
    ),
    Equations(  # HS42
        lambda a, b, c, d: (a - 1) ** 2 + (b - 2) ** 2 + (c - 3) ** 2 + (d - 4) ** 2,
        lambda a, b, c, d: [2 * (a - 1), 2 * (b - 2), 2 * (c - 3), 2 * (d - 4)],
        lambda a, b, c, d: diagonal(2, 2, 2, 2),
        lambda a, b, c, d: [a - 2, c * c + d * d - 2],
        lambda a, b, c, d: [[1, 0, 0, 0], [0, 0, 2 * c, 2 * d]],
        lambda v, a, b, c, d: diagonal(0, 0, 2 * v[1], 2 * v[1]),
    ),
    Equations(  # HS48
        lambda a, b, c, d, e: (a - 1) ** 2 + (b - c) ** 2 + (d - e) ** 2,
        lambda a, b, c, d, e: [2 * (a - 1), 2 * (b - c), 2 * (c - b), 2 * (d - e), 2 * (e - d)],
        lambda a, b, c, d, e: {**diagonal(2, 2, 2, 2, 2), (1, 2): -2, (3, 4): -2},
        lambda a, b, c, d, e: [a + b + c + d + e - 5, c - 2 * (d + e) + 3],
        lambda a, b, c, d, e: [[1, 1, 1, 1, 1], [0, 0, 1, -2, -2]],
        lambda v, a, b, c, d, e: {},
    ),
    Equations(  # HS77
        lambda a, b, c, d, e: (a - 1) ** 2 + (a - b) ** 2 + (c - 1) ** 2 + (d - 1) ** 4 + (e - 1) ** 6,
        lambda a, b, c, d, e: [
            2 * (a - 1) + 2 * (a - b),
            2 * (b - a),
            2 * (c - 1),
            4 * (d - 1) ** 3,
            6 * (e - 1) ** 5,
        ],
        lambda a, b, c, d, e: {**diagonal(4, 2, 2, 12 * (d - 1) ** 2, 30 * (e - 1) ** 4), (0, 1): -2},
        lambda a, b, c, d, e: [
            a * a * d + math.sin(d - e) - 2 * SQRT2,
            b + c**4 * d * d - 8 - SQRT2,
        ],
        lambda a, b, c, d, e: [
            [2 * a * d, 0, 0, a * a + math.cos(d - e), -math.cos(d - e)],
            [0, 1, 4 * c**3 * d * d, 2 * c**4 * d, 0],
        ],
        lambda v, a, b, c, d, e: {
            (0, 0): 2 * d * v[0],
            (0, 3): 2 * a * v[0],
            (2, 2): 12 * c * c * d * d * v[1],
            (2, 3): 8 * c**3 * d * v[1],
            (3, 3): 2 * c**4 * v[1] - math.sin(d - e) * v[0],
            (3, 4): math.sin(d - e) * v[0],
            (4, 4): -math.sin(d - e) * v[0],
        },
    ),
    Equations(  # HS78
        lambda a, b, c, d, e: a * b * c * d * e,
        lambda a, b, c, d, e: [b * c * d * e, a * c * d * e, a * b * d * e, a * b * c * e, a * b * c * d],
        lambda a, b, c, d, e: {
            (0, 1): c * d * e,
            (0, 2): b * d * e,
            (0, 3): b * c * e,
            (0, 4): b * c * d,
            (1, 2): a * d * e,
            (1, 3): a * c * e,
            (1, 4): a * c * d,
            (2, 3): a * b * e,
            (2, 4): a * b * d,
            (3, 4): a * b * c,
        },
        lambda a, b, c, d, e: [
            a * a + b * b + c * c + d * d + e * e - 10,
            b * c - 5 * d * e,
            a**3 + b**3 + 1,
        ],
        lambda a, b, c, d, e: [
            [2 * a, 2 * b, 2 * c, 2 * d, 2 * e],
            [0, c, b, -5 * e, -5 * d],
            [3 * a * a, 3 * b * b, 0, 0, 0],
        ],
        lambda v, a, b, c, d, e: {
            **diagonal(2 * v[0] + 6 * a * v[2], 2 * v[0] + 6 * b * v[2], 2 * v[0], 2 * v[0], 2 * v[0]),
            (1, 2): v[1],
            (3, 4): -5 * v[1],
        },
    ),
    Equations(  # HS79
        chain,
        chain_gradient,
        chain_hessian,
        lambda a, b, c, d, e: [
            a + b * b + c**3 - 2 - 3 * SQRT2,
            b - c * c + d + 2 - 2 * SQRT2,
            a * e - 2,
        ],
        lambda a, b, c, d, e: [[1, 2 * b, 3 * c * c, 0, 0], [0, 1, -2 * c, 1, 0], [e, 0, 0, 0, a]],
        lambda v, a, b, c, d, e: {
            (1, 1): 2 * v[0],
            (2, 2): 6 * c * v[0] - 2 * v[1],
            (0, 4): v[2],
        },
    ),
    Equations(  # BT1
        lambda a, b: 100 * (a * a + b * b - 1) - a,
        lambda a, b: [200 * a - 1, 200 * b],
        lambda a, b: diagonal(200, 200),
        lambda a, b: [a * a + b * b - 1],
        lambda a, b: [[2 * a, 2 * b]],
        lambda v, a, b: diagonal(2 * v[0], 2 * v[0]),
    ),
    Equations(  # BT2
        lambda a, b, c: (a - 1) ** 2 + (a - b) ** 2 + (b - c) ** 4,
        lambda a, b, c: [
            2 * (a - 1) + 2 * (a - b),
            2 * (b - a) + 4 * (b - c) ** 3,
            -4 * (b - c) ** 3,
        ],
        lambda a, b, c: {
            **diagonal(4, 2 + 12 * (b - c) ** 2, 12 * (b - c) ** 2),
            (0, 1): -2,
            (1, 2): -12 * (b - c) ** 2,
        },
        lambda a, b, c: [(b * b + 1) * a + c**4 - 8.2426407],
        lambda a, b, c: [[b * b + 1, 2 * a * b, 4 * c**3]],
        lambda v, a, b, c: {
            (0, 1): 2 * b * v[0],
            (1, 1): 2 * a * v[0],
            (2, 2): 12 * c * c * v[0],
        },
    ),
    Equations(  # BT3
        lambda a, b, c, d, e: (a - b) ** 2 + (b + c - 2) ** 2 + (d - 1) ** 2 + (e - 1) ** 2,
        lambda a, b, c, d, e: [
            2 * (a - b),
            2 * (b - a) + 2 * (b + c - 2),
            2 * (b + c - 2),
            2 * (d - 1),
            2 * (e - 1),
        ],
        lambda a, b, c, d, e: {**diagonal(2, 4, 2, 2, 2), (0, 1): -2, (1, 2): 2},
        lambda a, b, c, d, e: [a + 3 * b, c + d - 2 * e, b - e],
        lambda a, b, c, d, e: [[1, 3, 0, 0, 0], [0, 0, 1, 1, -2], [0, 1, 0, 0, -1]],
        lambda v, a, b, c, d, e: {},
    ),
    Equations(  # BT4
        lambda a, b, c: a - b + b**3,
        lambda a, b, c: [1, 3 * b * b - 1, 0],
        lambda a, b, c: {(1, 1): 6 * b},
        lambda a, b, c: [a * a + b * b + c * c - 25, a + b + c - 1],
        lambda a, b, c: [[2 * a, 2 * b, 2 * c], [1, 1, 1]],
        lambda v, a, b, c: diagonal(2 * v[0], 2 * v[0], 2 * v[0]),
    ),
    Equations(  # BT5
        lambda a, b, c: 1000 - a * a - 2 * b * b - c * c - a * b - a * c,
        lambda a, b, c: [-2 * a - b - c, -4 * b - a, -2 * c - a],
        lambda a, b, c: {**diagonal(-2, -4, -2), (0, 1): -1, (0, 2): -1},
        lambda a, b, c: [a * a + b * b + c * c - 25, 8 * a + 14 * b + 7 * c - 56],
        lambda a, b, c: [[2 * a, 2 * b, 2 * c], [8, 14, 7]],
        lambda v, a, b, c: diagonal(2 * v[0], 2 * v[0], 2 * v[0]),
    ),
    Equations(  # BT10
        lambda a, b: -a,
        lambda a, b: [-1, 0],
        lambda a, b: {},
        lambda a, b: [b - a**3, b - a * a],
        lambda a, b: [[-3 * a * a, 1], [-2 * a, 1]],
        lambda v, a, b: {(0, 0): -6 * a * v[0] - 2 * v[1]},
    ),
    Equations(  # BT11
        chain,
        chain_gradient,
        chain_hessian,
        lambda a, b, c, d, e: [
            a + b * b + c**3 + 2 - 18**0.5,
            b - c * c + d + 2 - 8**0.5,
            a - e - 2,
        ],
        lambda a, b, c, d, e: [[1, 2 * b, 3 * c * c, 0, 0], [0, 1, -2 * c, 1, 0], [1, 0, 0, 0, -1]],
        lambda v, a, b, c, d, e: {(1, 1): 2 * v[0], (2, 2): 6 * c * v[0] - 2 * v[1]},
    ),
    Equations(  # BT12
        lambda a, b, c, d, e: 0.01 * a * a + b * b,
        lambda a, b, c, d, e: [0.02 * a, 2 * b, 0, 0, 0],
        lambda a, b, c, d, e: diagonal(0.02, 2),
        lambda a, b, c, d, e: [a + b - c * c - 25, a * a + b * b - d * d - 25, a - e * e - 2],
        lambda a, b, c, d, e: [
            [1, 1, -2 * c, 0, 0],
            [2 * a, 2 * b, 0, -2 * d, 0],
            [1, 0, 0, 0, -2 * e],
        ],
        lambda v, a, b, c, d, e: diagonal(2 * v[1], 2 * v[1], -2 * v[0], -2 * v[1], -2 * v[2]),
    ),
]


# Regressions


def reach(answer: Callable[[Any], Any], measure: Callable[[Any], float], goal: float, strict: float) -> float:
    """The loosest tolerance that gets there, of `strict` times powers of two."""
    tolerance = strict
    if not measure(answer(tolerance)) <= goal:
        raise ArithmeticError("the peer does not get there")
    while tolerance < 1 and measure(answer(2 * tolerance)) <= goal:
        tolerance *= 2
    return tolerance


def logistic_gradient(x: Inputs) -> Callable[[Any], float]:
    """The largest entry of the gradient of the logistic loss with its ridge."""
    from scipy.special import expit

    a = x["labels"][:, None] * x["features"]
    return lambda w: np.abs(x["ridge"] * w - expit(-(a @ w)) @ a / len(a)).max()


@peer("SciPy", "logistic")
def logistic(x: Inputs) -> Prepared:
    """SciPy's L-BFGS-B with value and gradient at once; the labels are multiplied in, not timed."""
    from scipy.optimize import minimize

    a = np.ascontiguousarray(x["labels"][:, None] * x["features"])
    m, n = a.shape
    ridge, start = x["ridge"], np.zeros(n)
    goal = x["share"] * logistic_gradient(x)(start)

    def loss(w: Any) -> tuple[float, Any]:
        z = a @ w
        e = np.exp(-np.abs(z))
        value = (np.log1p(e).sum() - np.minimum(z, 0).sum()) / m + 0.5 * ridge * (w @ w)
        e = np.where(z < 0, 1, e) / (1 + e)
        gradient = e @ a
        gradient *= -1 / m
        gradient += ridge * w
        return value, gradient

    options = {"maxcor": 10, "gtol": goal, "ftol": 0, "maxiter": 20_000, "maxfun": 100_000}

    def solve() -> Any:
        # It stops where rounding hides a change of the value, and has to be started again there.
        w = start
        for _ in range(50):
            result = minimize(loss, w, jac=True, method="L-BFGS-B", options=options)
            w = result.x
            if np.abs(result.jac).max() <= goal:
                break
        return w

    return solve


@peer("scikit-learn", "logistic")
def logistic_regression(x: Inputs) -> Prepared:
    """Newton's method with Cholesky's factors, its fastest; its L-BFGS stops by the value, too early."""
    from sklearn.linear_model import LogisticRegression

    a, labels, measure = x["features"], x["labels"], logistic_gradient(x)
    goal = x["share"] * measure(np.zeros(a.shape[1]))

    def answer(tolerance: float) -> Any:
        model = LogisticRegression(
            C=1 / (x["ridge"] * len(a)), fit_intercept=False, solver="newton-cholesky", tol=tolerance,
        )  # fmt: skip
        return model.fit(a, labels).coef_.ravel()

    tolerance = reach(answer, measure, goal, goal)
    return lambda: answer(tolerance)


@peer("scikit-learn", "lasso")
def lasso(x: Inputs) -> Prepared:
    """Coordinate descent with screening in Cython, with or without A'A, whichever is faster."""
    from sklearn.linear_model import Lasso

    a, b, weight = np.asfortranarray(x["a"]), x["b"], x["weight"]
    m = len(a)

    def gap(w: Any) -> float:
        r = b - a @ w
        shrink = min(1, weight * m / np.abs(r @ a).max())
        objective = r @ r / (2 * m) + weight * np.abs(w).sum()
        return (objective - shrink * (r @ b) / m + shrink**2 * (r @ r) / (2 * m)) / objective

    def solver(precompute: bool) -> Solve:
        def answer(tolerance: float) -> Any:
            model = Lasso(
                alpha=weight, fit_intercept=False, precompute=precompute, tol=tolerance, max_iter=100_000,
            )  # fmt: skip
            return model.fit(a, b).coef_

        tolerance = reach(answer, gap, x["gap"], x["gap"] / 1000)
        return lambda: answer(tolerance)

    return fastest([solver(precompute) for precompute in (False, True)], "scikit-learn")


# The process


def read(folder: Path) -> Inputs:
    """The inputs that the Java side wrote, checked by their hashes."""
    inputs: Inputs = {}
    for line in (folder / "inputs.tsv").read_text().splitlines():
        kind, name, *rest = line.split("\t")
        if kind == "number":
            inputs[name] = float(rest[0])
            continue
        content = (folder / rest[0]).read_bytes()
        if hashlib.sha256(content).hexdigest() != rest[1]:
            raise OSError(f"{folder / rest[0]} is not what was written")
        shape = [int(word) for word in rest[2:]]
        array = np.frombuffer(content, dtype={"double": "<f8", "int": "<i4"}[kind]).reshape(shape)
        inputs[name] = array.copy() if kind == "double" else array.astype(np.intp)
    return inputs


def versions() -> str:
    """What the peers are."""
    from importlib.metadata import version

    import threadpoolctl

    packages = ("numpy", "scipy", "pot", "scikit-learn", "cvxpy", "scs", "clarabel", "ortools")
    import scipy.linalg  # noqa: F401  (loads its own BLAS)

    parts = [f"Python {sys.version.split()[0]}", *(f"{name} {version(name)}" for name in packages)]
    for pool in threadpoolctl.threadpool_info():
        kind = pool.get("architecture", "")
        parts.append(f"{pool['internal_api']} {pool['version']} {kind} x {pool['num_threads']}")
    return ", ".join(dict.fromkeys(parts))


class Worker:
    """Obeys orders; see org.konvergo.bench.Worker."""

    def __init__(self) -> None:
        self.solve: Solve = lambda: None
        self.answer: Callable[[Any], Any] = lambda result: result

    def obey(self, order: str, *words: str) -> str:
        """Carries out one order."""
        if order == "open":
            workload, name, folder = words
            kind = max((of for of, who in PEERS if who == name and workload.startswith(of + "-")), key=len)
            prepared = PEERS[kind, name](read(Path(folder)))
            if isinstance(prepared, tuple):
                self.solve, self.answer = prepared
            else:
                self.solve, self.answer = prepared, lambda result: result
            return ""
        if order == "warm":
            return repr(self.warm(float(words[0])))
        if order == "time":
            return repr(self.time(int(words[0])))
        if order == "answer":
            answer = np.ascontiguousarray(self.answer(self.solve()), dtype="<f8")
            Path(words[0]).write_bytes(answer.tobytes())
            return ""
        if order == "about":
            return versions()
        raise ValueError(f"no order {order}")

    def warm(self, seconds: float) -> float:
        """Solves until the time is over and three calls are done."""
        start = time.perf_counter()
        once, calls = self.time(1), 1
        while calls < LEAST_CALLS or time.perf_counter() - start < seconds:
            more = calls if time.perf_counter() - start < seconds else 1
            once = self.time(more)
            calls += more
        return once

    def time(self, count: int) -> float:
        """Seconds of a call, in so many of them, with the garbage collector at rest."""
        solve, calls = self.solve, range(count)
        gc.collect()
        gc.disable()
        try:
            start = time.perf_counter()
            for _ in calls:
                solve()
            return (time.perf_counter() - start) / count
        finally:
            gc.enable()


def main() -> None:
    """Answers each order on standard input by one line."""
    answers, sys.stdout = sys.stdout, sys.stderr
    worker = Worker()
    for line in sys.stdin:
        try:
            reply = "ok\t" + worker.obey(*line.rstrip("\n").split("\t"))
        except Exception as error:
            traceback.print_exc()
            reply = "error\t" + " ".join(f"{type(error).__name__}: {error}".split())
        print(reply, file=answers, flush=True)


if __name__ == "__main__":
    main()
