"""What is asked, of which projects: the one place that knows the seed's ids."""
import sys
import time

PASSWORD = "bench-password"
COVER = "A cover letter of a common length, with a plan & three dates. " * 2
READS = ["front", "browse", "project"]
WRITES = ["accept", "contend", "submit", "worklog"]
TITLES = {
    "front": "a. browse, first page",
    "browse": "a. browse, any page",
    "project": "b. project with its proposals",
    "accept": "c. accept, distinct projects",
    "contend": "d. accept, all at one project",
    "submit": "e. submit a proposal",
    "worklog": "f. log work",
}
USUAL = [op for op in TITLES if op != "worklog"]  # the operations of a run that names none
DONE = [302, 303]
# The timed work logs begin here, 64 of them an hour for two weeks; the warm-up's and the check's lie in the 26 hours before.
# All of them must lie after 2026-01-01 and in the past: a server may refuse others.
WORK_FROM = 1767398400  # 2026-01-03 00:00 UTC
WORK_EARLIEST = 1767225600  # 2026-01-01 00:00 UTC
ROWS = 20  # of a list page: the limit's and the peers'
# Which open projects (by index) which operation uses; the newest ones stay untouched for the first page.
FIRST = {"accept": 0, "contend": 20000, "submit": 28000, "warm": 16000, "race": 39000, "check": 39500}


def pid_of(idx):
    """The idx-th OPEN project of the seed (idx 0..39999)."""
    return idx // 4 * 5 + idx % 4 + 1


def prop_of(pid, k):
    """The k-th proposal (0..4) of a project of the seed."""
    return 5 * (pid - 1) + 1 + k


def work_hour(slot):
    """The slot-th hour that a work log may take, as seconds since 1970."""
    t = WORK_FROM + slot * 3600
    if t < WORK_EARLIEST or t + 3600 > time.time():
        raise SystemExit(f"work log at {time.strftime('%F %R', time.gmtime(t))} UTC: before 2026, or in the future by this machine's clock")
    return t


def log(*words):
    print(time.strftime("%H:%M:%S"), *words, file=sys.stderr, flush=True)
