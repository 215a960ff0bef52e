"""The limit: the same operations by pgbench, with nothing between it and the database."""
import glob
import os
import re
import subprocess

from machine import Cpu, calm
from plan import FIRST, WRITES, log
from postgres import HERE, PGBIN, VERIFY


class Limit:
    """pgbench as a target: the plain statements, or the best known technique."""

    def __init__(self, name, opt):
        self.name, self.best, self.opt = name, name.endswith("-best"), opt

    def prepare(self, pg, work):
        self.tpl = f"tpl_{self.name}".replace("-", "_")
        pg.clone("tpl", self.tpl)
        if self.best:
            pg.sql(self.tpl, file=os.path.join(HERE, "limit", "best.sql"))

    def missing(self):
        return []

    def stop(self):
        pass

    def round(self, pg, work, number):
        db = "bench"
        pg.clone(self.tpl, db)
        out = {}
        self.run(pg, work, db, "browse")  # to warm
        for op in self.opt.ops:
            pg.quiet()
            calm(self.opt)
            out[op] = self.run(pg, work, db, op)
            log(f"  {self.name:10} {op:8} {out[op]['rps']:9.0f}/s p50 {out[op]['p50']:.2f} p99 {out[op]['p99']:.2f} ms")
        bad = {k: int(pg.sql(db, VERIFY[k])) for k in ("broken", "leaked")}
        if any(bad.values()):
            raise SystemExit(f"{self.name}: invariant broken in SQL: {bad}")
        pg.sql("postgres", f'DROP DATABASE "{db}"')
        return out

    def run(self, pg, work, db, op):
        script = os.path.join(HERE, "limit", op + (".best.sql" if self.best else ".sql"))
        clients = self.opt.conns if op in WRITES else self.opt.read_clients
        prefix = os.path.join(work, "pgb")
        for f in glob.glob(prefix + ".*"):
            os.unlink(f)
        cmd = [f"{PGBIN}/pgbench", "-n", "-M", "prepared", "-c", str(clients), "-j", "2", "-f", script, "-l",
               "--log-prefix", prefix, "-D", "i=-1", "-D", f"nclients={clients}", "-D", f"first={FIRST.get(op, 0)}"]
        # bounded by count where the data is used up, by time elsewhere
        if op == "accept":
            cmd += ["-t", str(16000 // clients)]
        elif op == "contend":
            cmd += ["-t", "600"]
        else:
            cmd += ["-T", str(self.opt.secs)]
        cpu = Cpu(pg=pg.pid)
        r = subprocess.run(cmd + [db], env=pg.env, capture_output=True, text=True)
        used = cpu.read()
        if r.returncode or "aborted" in r.stderr:
            raise SystemExit(f"pgbench {op}: {r.stderr[-2000:]}")
        lat = []
        for path in glob.glob(prefix + ".*"):
            with open(path) as f:
                lat += [int(line.split()[2]) for line in f]
            os.unlink(path)
        lat.sort()
        n = len(lat)
        res = {
            "rps": float(re.search(r"tps = ([\d.]+)", r.stdout).group(1)), "n": n,
            "p50": lat[n // 2] / 1000, "p99": lat[int(n * 0.99)] / 1000, "cpu": used,
        }
        if op == "contend":
            res["decided"] = res["rps"] / clients
        return res
