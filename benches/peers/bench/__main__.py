"""Measures the pgbench limit, the peers and any server with an adapter, side by side. See README.md.

Python's standard library only. Traffic goes to 127.0.0.1 only; every loop is bounded in count or time; only
processes started here are ended, by pid.
"""
import argparse
import json
import os
import shutil
import sys
import tempfile

import postgres
import report
from generator import build, ceiling
from limit import Limit
from machine import Fair
from plan import TITLES, USUAL, log
from postgres import HERE, Cluster
from rounds import Rounds


LIMITS = ("", "pgbench", "pgbench-best")


def adapter(name):
    return os.path.join(HERE, "adapters", name + ".json")


def options():
    p = argparse.ArgumentParser(prog="run.sh", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--rounds", type=int, default=3)
    p.add_argument("--secs", type=float, default=4, help="seconds of each operation")
    p.add_argument("--conns", type=int, default=32, help="HTTP connections, and pgbench clients for writes")
    p.add_argument("--read-clients", type=int, default=4, help="pgbench clients for reads")
    p.add_argument("--targets", default="pgbench,pgbench-best,django,node,guildhall")
    p.add_argument("--adapter", action="append", default=[], help="one more adapter file (repeatable)")
    p.add_argument("--ops", default=",".join(USUAL), help=f"of {','.join(TITLES)}; all but worklog if not given")
    p.add_argument("--out", help="folder for results.json and results.md")
    p.add_argument("--wait", type=float, default=0, help="before each measurement wait up to this many seconds for an idle machine")
    p.add_argument("--no-check", action="store_true", help="skip the functional check")
    p.add_argument("--shares", type=int, default=4096, help="CPU shares of the whole measurement against others (1024 = one session)")
    p.add_argument("--keep", action="store_true", help="keep the work folder")
    opt = p.parse_args()
    opt.ops = opt.ops.split(",")
    if opt.rounds > 20 or opt.secs > 60 or opt.conns > 256:
        p.error("bounded runs only")
    if unknown := [op for op in opt.ops if op not in TITLES]:
        p.error(f"no such operation: {', '.join(unknown)}")
    for path in [*opt.adapter, *(adapter(n) for n in opt.targets.split(",") if n not in LIMITS)]:
        if not os.path.isfile(path):
            p.error(f"no such adapter: {path}")
    opt.secs = int(opt.secs) if opt.secs == int(opt.secs) else opt.secs
    return opt


def find(opt):
    """The targets, in order."""
    named = [Limit(n, opt) if n in LIMITS else Rounds(adapter(n), opt) for n in opt.targets.split(",") if n]
    return named + [Rounds(path, opt) for path in opt.adapter]


def lacks(targets):
    """What this machine lacks, in words."""
    out = []
    if postgres.missing():
        out.append(f"PostgreSQL's {', '.join(postgres.missing())} (PGBIN names their folder)")
    if not shutil.which("rustc"):
        out.append("rustc for the load generator")
    return out + [f"{what} for {t.name}" for t in targets for what in t.missing()]


def seed(pg):
    log("cluster in", pg.dir)
    pg.start()
    pg.sql("postgres", "CREATE DATABASE tpl")
    for f in ("schema.sql", "seed.sql"):
        pg.sql("tpl", file=os.path.join(HERE, f))
    log("seeded:", pg.sql("tpl", "SELECT pg_size_pretty(pg_database_size('tpl'))"))


def measure(pg, work, targets, opt):
    """All rounds, in alternating order; the ceiling and the results by target."""
    for t in targets:
        t.prepare(pg, work)
    top = ceiling(work, opt)
    if top:
        log(f"load generator against nginx: {top['rps']:.0f}/s, {report.each(top):.1f} µs CPU a request; wrk: {top.get('wrk')}")
    else:
        log("no nginx: the generator's ceiling is not measured")
    results = {t.name: [] for t in targets}
    for n in range(opt.rounds):
        for t in targets if n % 2 == 0 else targets[::-1]:
            log(f"round {n + 1}/{opt.rounds}: {t.name}")
            results[t.name].append(t.round(pg, work, n))
    return top, results


def tell(top, results, opt):
    words = report.text(results, top, opt)
    print(words)
    if opt.out:
        os.makedirs(opt.out, exist_ok=True)
        kept = {k: v for k, v in vars(opt).items() if k not in ("out", "adapter")}
        with open(os.path.join(opt.out, "results.json"), "w") as f:
            json.dump({"ceiling": top, "results": results, "options": kept}, f, indent=1)
        with open(os.path.join(opt.out, "results.md"), "w") as f:
            f.write(words + "\n")


def main():
    opt = options()
    targets = find(opt)
    if missing := lacks(targets):
        print(f"This machine lacks {', '.join(missing)}: install it, or name other --targets.", file=sys.stderr)
        sys.exit(2)
    work = tempfile.mkdtemp(prefix="peers-")
    os.chmod(work, 0o755)
    pg, fair = Cluster(work), Fair(opt.shares)
    try:
        build(work)
        seed(pg)
        tell(*measure(pg, work, targets, opt), opt)
    finally:
        for t in targets:
            t.stop()
        pg.stop()
        fair.close()
        if opt.keep:
            log("kept", work)
        else:
            shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main()
