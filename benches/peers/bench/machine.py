"""The machine: free ports, CPU time of processes, a CPU group of our own."""
import glob
import os
import resource
import socket
import time

from plan import log


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def cpu_tree(root):
    """CPU seconds of a process and all its descendants."""
    rows = {}
    for path in glob.glob("/proc/[0-9]*/stat"):
        try:
            with open(path) as f:
                head, _, tail = f.read().rpartition(")")
        except OSError:
            continue
        f = tail.split()
        rows[int(head.split()[0])] = (int(f[1]), int(f[11]) + int(f[12]), int(f[13]) + int(f[14]))
    total = rows.get(root, (0, 0, 0))[2]
    for pid in rows:
        p = pid
        while p in rows and p != root:
            p = rows[p][0]
        if p == root:
            total += rows[pid][1]
    return total / os.sysconf("SC_CLK_TCK")


def cpu_busy():
    with open("/proc/stat") as f:
        v = [int(x) for x in f.readline().split()[1:9]]
    return (sum(v) - v[3] - v[4]) / os.sysconf("SC_CLK_TCK")


def calm(opt):
    """Waits, at most opt.wait seconds, until other programs leave most of the machine alone."""
    until = time.monotonic() + opt.wait
    while time.monotonic() < until:
        a, t = cpu_busy(), time.monotonic()
        time.sleep(0.5)
        if (cpu_busy() - a) / (time.monotonic() - t) / os.cpu_count() < 0.15:
            return


class Fair:
    """Puts this program and all that it starts in one CPU group. Without it the kernel's autogroups give each
    session one share, so that 32 database processes would get far more of a busy machine than one web server."""

    root = "/sys/fs/cgroup/cpu"

    def __init__(self, shares):
        self.dir = None
        path = os.path.join(self.root, f"peers-{os.getpid()}")
        try:
            os.mkdir(path)
            self.dir = path
            self.write("cpu.shares", shares)
            self.write("cgroup.procs", os.getpid())
        except OSError as e:
            log(f"no CPU group ({e}): on a busy machine compare CPU a request, not req/s")

    def write(self, name, value, folder=None):
        with open(os.path.join(folder or self.dir, name), "w") as f:
            f.write(str(value))

    def close(self):
        if self.dir:
            self.write("cgroup.procs", os.getpid(), self.root)
            try:
                os.rmdir(self.dir)
            except OSError as e:
                log(e)


class Cpu:
    """CPU seconds of processes, of the children waited for, and of everything else, from here on."""

    def __init__(self, **roots):
        self.roots = {k: v for k, v in roots.items() if v}
        self.a = {k: cpu_tree(v) for k, v in self.roots.items()}
        self.busy = cpu_busy()
        self.kids = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.t = time.monotonic()

    def read(self):
        out = {k: cpu_tree(v) - self.a[k] for k, v in self.roots.items()}
        kids = resource.getrusage(resource.RUSAGE_CHILDREN)
        out["gen"] = kids.ru_utime + kids.ru_stime - self.kids.ru_utime - self.kids.ru_stime
        out["busy"] = cpu_busy() - self.busy
        out["other"] = max(0.0, out["busy"] - sum(out[k] for k in out if k != "busy"))
        out["wall"] = time.monotonic() - self.t
        return out
