"""Does a server do the work at all? Asked once, before anything is timed."""
import html

from browser import Session
from generator import fire
from load import most
from plan import DONE, FIRST, log, pid_of, prop_of
from verdict import count, decisions, invariants


class Check:
    """One server's functional check; the first fault ends the run."""

    def __init__(self, app, pg, work):
        self.app, self.pg, self.work = app, pg, work

    def run(self):
        log(f"{self.app.name}: functional check")
        self.lists()
        self.proposals()
        self.accept()
        if "worklog" in self.app.opt.ops:
            self.worklog()
        invariants(self.app, self.pg, "the check")
        log(f"{self.app.name}: check passed; race {self.race()}")

    def must(self, cond, what):
        if not cond:
            raise SystemExit(f"{self.app.name}: check failed: {what}")

    def count(self, key):
        return count(self.app, self.pg, key)

    def state(self, pid):
        return self.pg.sql(self.app.db, self.app.verify["state"].replace("{pid}", str(pid)))

    def lists(self):
        """Rows, order and escaping of the public list."""
        app, anon = self.app, Session(self.app.port)
        for page, path, after in (("first", app.path("front"), 50001), ("keyset", app.path("browse", after=25001), 25001)):
            rows = [r.split("\t") for r in self.pg.sql("tpl", f"""SELECT p.title || E'\\t' || u.display_name FROM projects p
                JOIN users u ON u.id = p.client_id WHERE p.status = 'OPEN' AND p.id < {after}
                ORDER BY p.id DESC LIMIT {app.rows + 1}""").split("\n")]
            _, _, text = anon.request("GET", path)
            plain = html.unescape(text)
            self.must(all(t in plain and c in plain for t, c in rows[:-1]),
                      f"{app.rows} newest projects with their clients on the {page} page")
            self.must(rows[-1][0] not in plain, f"only {app.rows} projects on the {page} page")
            self.must("<landing>" not in text, "titles are escaped")
        self.must("#25001" not in plain, "the keyset page begins after its key")

    def proposals(self):
        """The page of a project with all that was offered."""
        pid = pid_of(FIRST["check"])
        _, _, text = self.app.decider(pid).request("GET", self.app.path("page", pid=pid))
        names = self.pg.sql("tpl", f"""SELECT u.display_name FROM proposals r JOIN users u ON u.id = r.freelancer_id
            WHERE r.project_id = {pid}""").split("\n")
        self.must(len(names) == 5 and all(n in html.unescape(text) for n in names), "the project page shows its 5 proposals")

    def accept(self):
        """Who may not accept, one accept, and what is refused after it."""
        app, must, pid = self.app, self.must, pid_of(FIRST["check"])
        s, f, anon, forged = app.decider(pid), app.freelancers[0], Session(app.port), Session(app.port)
        n = self.count("assigned")
        path, fields = app.accept(s, pid, prop_of(pid, 2))
        status = anon.request("POST", path, fields)[0]
        must(status >= 300 and self.count("assigned") == n, "an anonymous accept does nothing")
        forged.headers = lambda post: {
            "Cookie": "; ".join(f"{k}={v}" for k, v in s.cookies.items()), "Origin": "http://evil.example",
            "Sec-Fetch-Site": "cross-site", "Content-Type": "application/x-www-form-urlencoded"}
        status = forged.request("POST", path, app.fields("accept", pid=pid, prop=prop_of(pid, 2)))[0]
        must(status >= 400 and self.count("assigned") == n, f"an accept sent by another site is refused ({status})")
        status = f.request("POST", path, app.form(f, "submit", pid))[0]
        must(status >= 400 and self.count("assigned") == n, f"a freelancer cannot accept ({status})")

        sent = self.count("submitted")
        for amount in (111, 222):
            status = f.request("POST", *app.submit(f, pid, amount))[0]
            must(status in DONE, f"submit ({status})")
        must(self.count("submitted") == sent + 1, "a second submit updates the first")
        late, other, undecided = app.submit(f, pid, 333), app.accept(s, pid, prop_of(pid, 3)), self.state(pid)
        status = s.request("POST", path, fields)[0]
        must(status in DONE and self.count("assigned") == n + 1, f"accept ({status})")
        decided = self.state(pid)
        must(decided != undecided, "the adapter's SQL for state shows an accept")
        status = s.request("POST", path, fields)[0]
        must(status in app.lost or app.repeat and status in DONE, f"a second accept of the same proposal ({status})")
        must(self.state(pid) == decided, "a second accept of the same proposal changes nothing in SQL")
        status = s.request("POST", *other)[0]
        must(status in app.lost, f"a second accept, of another proposal, is refused ({status})")
        status = f.request("POST", *late)[0]
        must(status in app.lost, f"a submit to an assigned project is refused ({status})")
        must(self.state(pid) == decided, "what was refused changed nothing in SQL")

    def worklog(self):
        """A work log, one that overlaps it, and one by somebody else."""
        app, (f, g) = self.app, self.app.freelancers[:2]
        logs = self.count("worklogs")
        mine = 5 * 64 * 3  # an ASSIGNED project of freelancer 1001 (f1)
        for want in (DONE, app.lost):
            status = f.request("POST", *app.worklog(f, mine, -9))[0]
            self.must(status in want, f"work log ({status}, expected {want})")
        self.must(self.count("worklogs") == logs + 1, "the overlapping work log was not stored")
        status = g.request("POST", app.path("worklog", pid=mine), app.worklog(g, 5 * (64 + 13), -9)[1])[0]
        self.must(status >= 400 and self.count("worklogs") == logs + 1, f"only the accepted freelancer logs work ({status})")

    def race(self):
        """Accepts and submits at the same projects at once: one winner each, and no proposal left pending."""
        app, conns, records, targets = self.app, 48, [], []
        raced = min(100, most(app, "submit") // 150)
        for i in range(raced):
            pid = pid_of(FIRST["race"] + i)
            for c in range(conns):
                if c % 3 == 2:
                    x = app.freelancers[(c + i) % 64]
                    records.append((c, x.raw("POST", *app.submit(x, pid, 100 + c))))
                    targets.append(None)
                else:
                    x = app.decider(pid, c)
                    records.append((c, x.raw("POST", *app.accept(x, pid, prop_of(pid, c % 5)))))
                    targets.append((pid, prop_of(pid, c % 5)))
        app.hang_up()
        n = self.count("assigned")
        r = fire(app, self.work, records, 30, "--walk", "--each", conns=conns)
        self.must(self.count("assigned") == n + raced, f"every raced project was assigned {r['statuses']}")
        self.must(set(map(int, r["statuses"])) <= {*DONE, *app.lost} and not r["errors"],
                  f"race answers {r['statuses']}, errors {r['errors']}")
        self.must(decisions(app, self.pg, targets, r["each"], "the race") == raced, "every raced project got its answers")
        invariants(app, self.pg, "the race")
        return r["statuses"]
