"""A server with an adapter: set up, started, stopped, signed in to, its forms filled in."""
import concurrent.futures
import json
import os
import signal
import subprocess
import time

from browser import Forms, Session
from machine import free_port
from plan import COVER, PASSWORD, ROWS, log, work_hour
from postgres import PGBIN, VERIFY


class App:
    """One server, as its adapter describes it."""

    def __init__(self, path, opt):
        with open(path) as f:
            self.a = json.load(f)
        one = lambda words: " ".join(words) if isinstance(words, list) else words
        self.a |= {k: one(self.a[k]) for k in ("setup", "migrate", "start") if k in self.a}
        self.name, self.opt = self.a["name"], opt
        self.cwd = os.path.dirname(os.path.abspath(path))
        self.verify = VERIFY | {k: one(v) for k, v in self.a.get("verify", {}).items()}
        self.repeat = self.a.get("repeat_is_done", False) is True
        self.lost = self.a.get("lost", [409])
        self.rows = int(self.a.get("rows", ROWS))
        self.forms = int(self.a.get("forms", 3000))
        self.proc = None

    def missing(self):
        """What it needs and has not: programs on this machine, or addresses of the operations asked for."""
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        lacks = [what for what, test in self.a.get("needs", {}).items() if subprocess.run(["bash", "-c", test], **quiet).returncode]
        keys = {op: {"project": "page", "contend": "accept"}.get(op, op) for op in self.opt.ops}
        return lacks + [f"an address for {op} in its adapter" for op, key in keys.items() if key not in self.a["paths"]]

    def shell(self, command, pg, db, **kw):
        env = dict(os.environ, **pg.app_env(db), HOST="127.0.0.1", PORT=str(self.port), STATE=self.state, PGBIN=PGBIN,
                   SECRET_KEY="not-a-secret-just-a-bench-of-64-characters-or-more-0123456789abcdef",
                   **{k: str(v) for k, v in self.a.get("env", {}).items()})
        return subprocess.Popen(["bash", "-ec", command], cwd=self.cwd, env=env, **kw)

    def prepare(self, pg, work):
        """Sets it up once and brings its own copy of the seed into its own shape."""
        self.state = os.path.join(work, "state-" + self.name)
        os.makedirs(self.state)
        self.port = free_port()
        self.tpl = f"tpl_{self.name}"
        pg.clone("tpl", self.tpl)
        for step in ("setup", "migrate"):
            if self.a.get(step):
                log(f"{self.name}: {step}")
                done = self.shell(self.a[step], pg, self.tpl, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
                said = done.communicate()[0]
                if done.returncode:
                    raise SystemExit(f"{self.name}: {step} failed:\n{said[-3000:]}")
        pg.sql(self.tpl, "VACUUM (FREEZE, ANALYZE)")

    def start(self, pg, db):
        with open(os.path.join(self.state, "server.log"), "ab") as out:
            self.proc = self.shell(self.a["start"], pg, db, stdout=out, stderr=out, start_new_session=True)
        for _ in range(300):
            if self.proc.poll() is not None:
                break
            try:
                if Session(self.port).request("GET", self.path("front"))[0] == 200:
                    return
            except OSError:
                pass
            time.sleep(0.1)
        self.stop()
        with open(out.name, errors="replace") as f:
            raise SystemExit(f"{self.name} does not answer:\n{f.read()[-3000:]}")

    def stop(self):
        if self.proc and self.proc.poll() is None:
            self.proc.send_signal(signal.SIGTERM)
            try:
                self.proc.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(self.proc.pid, signal.SIGKILL)  # its own session: only what it started
                self.proc.wait()
        self.proc = None

    # -- people

    def login(self, username):
        s = Session(self.port)
        page = self.path("login")
        _, _, text = s.request("GET", page)
        form = self.a["login"]
        action = form.get("action", page)
        hidden = Forms(page, text).forms.get(action, {})
        fields = {form.get("user", "username"): form.get("prefix", "") + username + form.get("suffix", ""),
                  form.get("password", "password"): PASSWORD}
        status, _, _ = s.request("POST", action, hidden | fields)
        if status not in (302, 303) or not s.cookies:
            raise SystemExit(f"{self.name}: login of {username} answered {status}")
        return s

    def log_in_all(self):
        deciders = [f"m{i}" for i in range(1, 33)]
        if self.clients_accept():
            deciders = [f"c{1 + i}" for i in range(500) if i % 5]
        freelancers = [f"f{i}" for i in range(1, 65)]
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            self.people = dict(zip(deciders + freelancers, pool.map(self.login, deciders + freelancers)))
        self.freelancers = [self.people[n] for n in freelancers]

    def clients_accept(self):
        return self.a.get("accept_as", "manager") == "client"

    def decider(self, pid, nth=None):
        """Who accepts proposals of a project: its client, or the nth of the managers (adapter: accept_as)."""
        if self.clients_accept():
            return self.people[f"c{1 + pid % 500}"]
        return self.people[f"m{1 + (pid if nth is None else nth) % 32}"]

    def hang_up(self):
        """Closes everybody's connection; they stay signed in."""
        for s in self.people.values():
            s.close()

    # -- addresses and forms

    def path(self, key, **kw):
        return self.a["paths"][key].format(**kw)

    def tokens(self, op):
        """Whether the hidden fields of an operation's form are fetched once a session or for each form."""
        how = self.a.get("tokens", "session")
        return how.get(op, "session") if isinstance(how, dict) else how

    def form(self, s, op, pid, prop=0):
        """The hidden fields of the form that a browser would send."""
        if self.tokens(op) == "session" and op in s.forms:
            return s.forms[op]
        page = self.path(op + "_page" if op + "_page" in self.a["paths"] else "page", pid=pid, prop=prop)
        action = self.path(op, pid=pid, prop=prop)
        status, _, text = s.request("GET", page)
        forms = Forms(page, text).forms
        if action not in forms:
            raise SystemExit(f"{self.name}: no form for {action} on {page} ({status}); it has {list(forms)}")
        s.forms[op] = forms[action]
        return forms[action]

    def fields(self, op, **kw):
        return {k: v.format(**kw) for k, v in self.a["fields"].get(op, {}).items()}

    def accept(self, s, pid, prop):
        return self.path("accept", pid=pid, prop=prop), self.form(s, "accept", pid, prop) | self.fields("accept", pid=pid, prop=prop)

    def submit(self, s, pid, amount):
        return self.path("submit", pid=pid), self.form(s, "submit", pid) | self.fields("submit", amount=amount, text=COVER)

    def worklog(self, s, pid, slot):
        t = work_hour(slot)
        iso = lambda x: time.strftime(self.a.get("time_format", "%Y-%m-%dT%H:%M"), time.gmtime(x))
        return self.path("worklog", pid=pid), self.form(s, "worklog", pid) | self.fields(
            "worklog", start=iso(t), end=iso(t + 3600), note="Worked on the plan")
