"""The requests of one operation, as records for the load generator."""
import concurrent.futures
import random

from browser import Session
from plan import FIRST, pid_of, prop_of


def most(app, op):
    """How many requests of an operation are made ready: fewer where each needs its own form."""
    return 20000 if app.tokens(op) == "session" else app.forms


def records(app, op, number):
    """(connection, bytes) of each request; the same ones in each round of the same number."""
    return MAKERS[op](app, random.Random(f"{op}-{number}"))


def front(app, rnd):
    return [(0, Session(app.port).raw("GET", app.path("front")))]


def browse(app, rnd):
    anon = Session(app.port)
    return [(0, anon.raw("GET", app.path("browse", after=rnd.randint(1000, 50000)))) for _ in range(5000)]


def project(app, rnd):
    pids = [pid_of(rnd.randrange(40000)) for _ in range(5000)]
    return [(0, app.decider(pid).raw("GET", app.path("page", pid=pid))) for pid in pids]


def accept(app, rnd):
    jobs = [(app.decider(pid_of(i)), pid_of(i), prop_of(pid_of(i), i % 5)) for i in range(min(16000, most(app, "accept")))]
    return many(app, "accept", lambda j: (0, j[0].raw("POST", *app.accept(*j))), jobs)


def contend(app, rnd):
    """Every connection walks the same projects, each with a choice of its own."""
    pids = [pid_of(FIRST["contend"] + i) for i in range(600 if app.tokens("accept") == "session" else 30)]
    jobs = [(app.decider(pid, c), pid, prop_of(pid, c % 5), c) for c in range(app.opt.conns) for pid in pids]
    app.contended = [(pid, prop) for _, pid, prop, _ in jobs]
    return many(app, "accept", lambda j: (j[3], j[0].raw("POST", *app.accept(*j[:3]))), jobs)


def submit(app, rnd):
    """Half of them new, half revisions of the seed's; never two of one freelancer to one project."""
    seen, jobs = set(), []
    while len(jobs) < most(app, "submit"):
        pid = pid_of(FIRST["submit"] + rnd.randrange(10000))
        f = (pid + (rnd.randint(1, 63) if len(jobs) % 2 else 0)) % 64
        if (pid, f) not in seen:
            seen.add((pid, f))
            jobs.append((app.freelancers[f], pid, rnd.randint(50, 9000)))
        elif len(seen) > 9000 and len(jobs) % 2 == 0:  # all existing ones of the range were used
            pid_left = [p for p in (pid_of(FIRST["submit"] + i) for i in range(10000)) if (p, p % 64) not in seen]
            if not pid_left:
                break
            for p in pid_left:
                seen.add((p, p % 64))
                jobs.append((app.freelancers[p % 64], p, rnd.randint(50, 9000)))
    rnd.shuffle(jobs)
    return many(app, "submit", lambda j: (0, j[0].raw("POST", *app.submit(*j))), jobs)


def worklog(app, rnd):
    jobs = []
    for n in range(most(app, "worklog")):
        f, slot = n % 64, n // 64
        m = 64 * (1 + slot % 155) + (f * 13) % 64
        jobs.append((app.freelancers[f], 5 * m, slot))
    return many(app, "worklog", lambda j: (0, j[0].raw("POST", *app.worklog(*j))), jobs)


MAKERS = {"front": front, "browse": browse, "project": project, "accept": accept, "contend": contend, "submit": submit, "worklog": worklog}


def many(app, op, make, jobs):
    """Makes the requests, those of one session one after another: it keeps one connection."""
    if app.tokens(op) == "session":
        return [make(j) for j in jobs]
    groups = {}
    for i, j in enumerate(jobs):
        groups.setdefault(id(j[0]), []).append((i, j))
    out = [None] * len(jobs)

    def work(group):
        for i, j in group:
            out[i] = make(j)

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        list(pool.map(work, groups.values()))
    return out
