"""What is printed at the end: the machine, the generator's ceiling, a table for each operation."""
import os
import statistics
import subprocess

from plan import ROWS, TITLES
from postgres import PGBIN

HEAD = ["target", "req/s (median, min–max)", "of pgbench", "× Django", "p50 ms", "p99 ms", "CPU µs/request: app + database + generator",
        "req/s that this CPU allows", "× Django by CPU", "others' CPU", "bytes"]


def med(xs):
    return statistics.median(xs)


def text(results, top, opt):
    """All of it, as Markdown."""
    version = subprocess.run([f"{PGBIN}/postgres", "--version"], capture_output=True, text=True).stdout.strip()
    lines = [f"{opt.rounds} interleaved rounds, {opt.secs} s each, {opt.conns} connections "
             f"(pgbench: {opt.read_clients} clients for reads), {os.cpu_count()} cores, {version}."]
    if top:
        wrk = f"; wrk there: {top['wrk']:,.0f} req/s" if top.get("wrk") else ""
        lines += ["", f"Generator's ceiling: {top['rps']:,.0f} req/s from nginx (a 4 KB file), {each(top):.1f} µs of CPU a request{wrk}."]
    for op in opt.ops:
        lines += table({name: [r[op] for r in rounds] for name, rounds in results.items()}, op)
    return "\n".join(lines)


def each(r):
    """The generator's µs of CPU a request."""
    return 1e6 * r["cpu"]["gen"] / r["total"]


def table(results, op):
    """One operation: a row for each target."""
    lines = ["", f"### {TITLES[op]}", "", row(HEAD), row(["---"] * len(HEAD), "")]
    lines += [row(cells(results, name)) for name in results]
    rows = {name: rounds[0]["rows"] for name, rounds in results.items() if rounds[0].get("rows", ROWS) != ROWS}
    if rows:
        lines += ["", f"Rows on a page: {ROWS}, but " + ", ".join(f"{n} {k}" for n, k in rows.items()) + "."]
    if op == "contend":
        decided = [f"{name} {med([r['decided'] for r in rounds]):,.0f}" for name, rounds in results.items()]
        lines += ["", "Projects decided per second: " + ", ".join(decided)]
    return lines


def row(words, pad=" "):
    return "|" + "|".join(f"{pad}{word}{pad}" for word in words) + "|"


def cells(results, name):
    rounds = results[name]
    rps, cpus = [r["rps"] for r in rounds], [r["cpu"] for r in rounds]

    def us(of, *parts):
        return med([1e6 * sum(r["cpu"].get(part, 0) for part in parts) / r.get("total", r["n"]) for r in results[of]])

    def times(other):
        """How often the other's speed: round by round, then the median."""
        return f"{med([r['rps'] / o['rps'] for r, o in zip(rounds, results[other])]):.2f}" if other in results else "–"

    cost = us(name, "app", "pg", "gen")
    return [
        name,
        f"{med(rps):,.0f} ({min(rps):,.0f}–{max(rps):,.0f})",
        times("pgbench"),
        times("django"),
        f"{med([r['p50'] for r in rounds]):.2f}",
        f"{med([r['p99'] for r in rounds]):.2f}",
        f"{us(name, 'app'):.0f} + {us(name, 'pg'):.0f} + {us(name, 'gen'):.0f}",
        f"{os.cpu_count() * 1e6 / cost:,.0f}",
        f"{us('django', 'app', 'pg', 'gen') / cost:.1f}" if "django" in results else "–",
        f"{med([c['other'] / c['wall'] / os.cpu_count() for c in cpus]):.0%}",
        f"{med([r.get('bytes', 0) for r in rounds]):,.0f}",
    ]
