"""Rounds of one server: a fresh copy of the data, signed in, warmed up, each operation timed and judged."""
from app import App
from check import Check
from generator import fire
from load import many, most, records
from machine import Cpu, calm
from plan import FIRST, READS, WRITES, log, pid_of, prop_of
from verdict import count, judge


class Rounds(App):
    """A server as a target of the measurement."""

    checked = False

    def round(self, pg, work, number):
        self.db = f"bench_{self.name}"
        pg.clone(self.tpl, self.db)
        self.start(pg, self.db)
        out = {}
        try:
            self.log_in_all()
            if not self.checked and not self.opt.no_check:
                Check(self, pg, work).run()
            self.checked = True
            self.warm(work)
            for op in self.opt.ops:
                out[op] = self.timed(pg, work, op, number)
        finally:
            self.stop()
        pg.sql("postgres", f'DROP DATABASE "{self.db}" WITH (FORCE)')
        return out

    def timed(self, pg, work, op, number):
        ready = records(self, op, number)
        self.hang_up()
        pg.quiet()
        calm(self.opt)
        before = {k: count(self, pg, k) for k in ("assigned", "submitted", "worklogs")}
        cpu = Cpu(pg=pg.pid, app=self.proc.pid)
        if op in READS:
            r = fire(self, work, ready, self.opt.secs, "--wrap", warm=0.5)
        else:
            r = fire(self, work, ready, self.opt.secs, *(["--walk", "--each"] if op == "contend" else []))
        r["cpu"] = cpu.read()
        judge(self, pg, op, r, before)
        if op in ("front", "browse"):
            r["rows"] = self.rows
        log(f"  {self.name:10} {op:8} {r['rps']:9.0f}/s p50 {r['p50']:.2f} p99 {r['p99']:.2f} ms {r['statuses']}"
            + (f" reconnects {r['reconnects']}" if r["reconnects"] else ""))
        return r

    def warm(self, work):
        """Caches, pools and JIT compilers: a second of pages, then a second of each write on projects of its own."""
        fire(self, work, records(self, "browse", -1) + records(self, "project", -1), 1, "--wrap")
        if not set(self.opt.ops) & set(WRITES):
            return
        n = min(1000, most(self, "accept") // 15, most(self, "submit") // 15)
        jobs = [(self.decider(pid_of(i)), pid_of(i), prop_of(pid_of(i), 0)) for i in range(FIRST["warm"], FIRST["warm"] + n)]
        fire(self, work, many(self, "accept", lambda j: (0, j[0].raw("POST", *self.accept(*j))), jobs), 1)
        jobs = [(self.freelancers[i % 64], pid_of(FIRST["warm"] + n + i), 99) for i in range(n)]
        fire(self, work, many(self, "submit", lambda j: (0, j[0].raw("POST", *self.submit(*j))), jobs), 1)
        if "worklog" in self.opt.ops:
            jobs = [(self.freelancers[i % 64], 5 * (64 + (i % 64) * 13 % 64), -11 - i // 64) for i in range(n)]
            fire(self, work, many(self, "worklog", lambda j: (0, j[0].raw("POST", *self.worklog(*j))), jobs), 1)
