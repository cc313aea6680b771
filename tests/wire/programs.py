"""Programs as flopscope's README has them, by the real client against both servers: the same output.

    programs.py FLOPMETER [--without-symmetry]"""
import os
import subprocess
import sys

import peers
import remote

START = """
import sys
import flopscope as flops
sys.modules["flopscope.numpy"] = flops
import flopscope.numpy as fnp
"""

PROGRAMS = {
    "quick start": """
with flops.BudgetContext(flop_budget=1_000_000) as budget:
    a = fnp.array([1.0, 2.0, 3.0])
    b = fnp.array([4.0, 5.0, 6.0])
    print(fnp.add(a, b), budget.summary())
""",
    "layers": """
depth, width = 5, 256
with flops.BudgetContext(flop_budget=10**8) as budget:
    scale = fnp.sqrt(2 / width)
    weights = [fnp.random.randn(width, width) * scale for _ in range(depth)]
    h = fnp.random.randn(width)
    for i, W in enumerate(weights):
        h = fnp.einsum('ij,j->i', W, h)
        if i < depth - 1:
            h = fnp.maximum(h, 0)
    print(h.shape, h.dtype, scale, budget.summary())
""",
    "algebra": """
with flops.BudgetContext(flop_budget=10**8) as budget:
    a = fnp.array([[4.0, 1.0, 0.5], [1.0, 3.0, 0.25], [0.5, 0.25, 2.0]])
    b = fnp.array([1.0, 2.0, 3.0])
    x = fnp.linalg.solve(a, b)
    print([round(v, 9) for v in x.tolist()], round(float(fnp.linalg.det(a)), 9))
    print([round(v, 9) for v in fnp.linalg.eigvalsh(a).tolist()], [round(v, 9) for v in (a @ x).tolist()])
    u, s, vt = fnp.linalg.svd(a)
    print(u.shape, [round(v, 9) for v in s.tolist()], vt.shape, budget.summary())
""",
    "indices": """
with flops.BudgetContext(flop_budget=10**8) as budget:
    a = fnp.reshape(fnp.arange(24), (2, 3, 4))
    print(a[1, 2, 3], a[0].tolist(), a[:, 1].tolist(), a[..., ][0].shape if False else a[1][::-1].tolist())
    print(a[0][fnp.array([2, 0])].tolist(), a[1][a[1] > 17].tolist(), a[0, 1:, ::2].tolist(), a[None].shape)
    print([row.tolist() for row in a[0]], len(a), float(a[0, 0, 1]), int(fnp.sum(a)), bool(fnp.any(a > 22)))
    parts = fnp.split(a, 2)
    print([p.shape for p in parts], fnp.concatenate(parts).shape, fnp.where(a[0] > 5, a[0], 0).tolist(), budget.summary())
""",
    "failures": """
def attempt(call):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__)
with flops.BudgetContext(flop_budget=1000) as budget:
    a = fnp.array([[1.0, 2.0], [2.0, 4.0]])
    attempt(lambda: fnp.linalg.inv(a))
    attempt(lambda: fnp.add(a, fnp.ones(3)))
    attempt(lambda: fnp.exp(fnp.ones(1000)))
    attempt(lambda: a[5])
    attempt(lambda: fnp.sum(a, axis=7))
    attempt(lambda: fnp.reshape(a, (3,)))
    attempt(lambda: fnp.bitwise_and(a, a))
    attempt(lambda: fnp.zeros((2,), dtype="nothing"))
    attempt(lambda: a.__setitem__(0, 1))
attempt(lambda: flops._connection.get_connection().send_recv(flops._protocol.encode_budget_status()))
""",
    "random": """
with flops.BudgetContext(flop_budget=10**8) as budget:
    first, second = fnp.random.default_rng(5), fnp.random.default_rng(5)
    print(first.normal(size=(4,)).tolist() == second.normal(size=(4,)).tolist())
    print(first.integers(0, 10, size=(3, 2)).shape, first.permutation(5).shape, 0 <= float(first.uniform()) < 1)
    fnp.random.seed(3)
    a = fnp.random.rand(3).tolist()
    fnp.random.seed(3)
    print(a == fnp.random.rand(3).tolist(), fnp.random.choice(7, size=(2,)).dtype, budget.summary())
""",
}

SYMMETRIC = {
    "savings": """
with flops.BudgetContext(flop_budget=10**8) as budget:
    X = fnp.ones((100, 100))
    R = fnp.einsum("ij,ik->jk", X, X)
    print(R.shape, R.symmetry is not None, budget.summary())
    print(fnp.exp(fnp.eye(3)).shape, budget.summary())
""",
}


def output(url, program):
    done = subprocess.run([peers.client(), "-c", START + program], capture_output=True, text=True, timeout=120,
                          env=dict(os.environ, FLOPSCOPE_SERVER_URL=url))
    return done.stdout if done.returncode == 0 else done.stdout + done.stderr[-400:]


def main():
    programs = dict(PROGRAMS) if "--without-symmetry" in sys.argv else dict(PROGRAMS, **SYMMETRIC)
    servers = [remote.reference(peers.reference()), remote.ours(os.path.abspath(sys.argv[1]))]
    for name, program in programs.items():
        theirs, ours = (output(server.url, program) for server in servers)
        remote.check(theirs == ours and "Traceback" not in theirs, name, "\n" + theirs + "---\n" + ours)
    for server in servers:
        server.stop()
    remote.finish()


if __name__ == "__main__":
    main()
