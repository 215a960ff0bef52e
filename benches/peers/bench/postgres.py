"""A private PostgreSQL cluster in the work folder, and what SQL must say after each operation."""
import glob
import os
import shutil
import subprocess
import urllib.parse

from machine import free_port

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def newest():
    """The folder of the newest PostgreSQL's programs, as Debian lays them; else where initdb is found."""
    found = glob.glob("/usr/lib/postgresql/*/bin/initdb")
    found = max(found, key=lambda path: int(path.split("/")[4])) if found else shutil.which("initdb") or ""
    return os.path.dirname(found)


PGBIN = os.environ.get("PGBIN") or newest()


def missing():
    """Which of PostgreSQL's programs this machine lacks."""
    return [p for p in ("initdb", "pg_ctl", "psql", "pgbench") if not os.access(os.path.join(PGBIN, p), os.X_OK)]


class Cluster:
    """The cluster: started with the one configuration, stopped by its own folder."""

    def __init__(self, work):
        self.dir = os.path.join(work, "pg")
        self.data = os.path.join(self.dir, "data")
        self.port = free_port()
        self.env = dict(os.environ, PGHOST=self.dir, PGPORT=str(self.port), PGUSER="postgres", PGTZ="UTC")
        self.env.pop("PGDATABASE", None)
        os.makedirs(self.dir)
        self.as_pg = []
        if os.getuid() == 0:
            shutil.chown(self.dir, "postgres", "postgres")
            self.as_pg = ["runuser", "-u", "postgres", "--"]

    def start(self):
        run = lambda *a: subprocess.run([*self.as_pg, *a], check=True, stdout=subprocess.DEVNULL, cwd="/")
        run(f"{PGBIN}/initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        with open(os.path.join(HERE, "postgresql.conf")) as f, open(os.path.join(self.data, "postgresql.conf"), "a") as g:
            g.write("\n" + f.read() + f"\nport = {self.port}\nunix_socket_directories = '{self.dir}'\n")
        run(f"{PGBIN}/pg_ctl", "-D", self.data, "-w", "-l", os.path.join(self.dir, "log"), "start")
        with open(os.path.join(self.data, "postmaster.pid")) as f:
            self.pid = int(f.readline())

    def stop(self):
        subprocess.run(
            [*self.as_pg, f"{PGBIN}/pg_ctl", "-D", self.data, "-m", "fast", "-w", "stop"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/",
        )

    def sql(self, db, text=None, file=None):
        cmd = [f"{PGBIN}/psql", "-X", "-q", "-At", "-v", "ON_ERROR_STOP=1", "-d", db]
        cmd += ["-f", file] if file else ["-c", text]
        r = subprocess.run(cmd, env=self.env, capture_output=True, text=True)
        if r.returncode:
            raise RuntimeError(f"psql: {r.stderr}")
        return r.stdout.strip()

    def clone(self, src, dst):
        self.sql("postgres", f'DROP DATABASE IF EXISTS "{dst}" WITH (FORCE)')
        self.sql("postgres", f'CREATE DATABASE "{dst}" TEMPLATE "{src}"')

    def quiet(self):
        """Every measurement begins after a checkpoint, so that none pays for another's writes."""
        self.sql("postgres", "CHECKPOINT")

    def app_env(self, db):
        host = urllib.parse.quote(self.dir, safe="")
        return {
            "PGHOST": self.dir, "PGPORT": str(self.port), "PGUSER": "postgres", "PGDATABASE": db,
            "DATABASE_URL": f"postgres://postgres@{host}:{self.port}/{db}",
            "DATABASE_URL_TCP": f"postgres://postgres@127.0.0.1:{self.port}/{db}",
        }


VERIFY = {
    # the first five return one number each; the first two must be 0
    "broken": """SELECT count(*) FROM projects p WHERE p.status = 'ASSIGNED' AND
        ((SELECT count(*) FROM proposals r WHERE r.project_id = p.id AND r.status = 'ACCEPTED') <> 1
         OR EXISTS (SELECT FROM proposals r WHERE r.project_id = p.id AND r.status = 'PENDING'))""",
    "leaked": """SELECT count(*) FROM projects p WHERE p.status = 'OPEN' AND
        EXISTS (SELECT FROM proposals r WHERE r.project_id = p.id AND r.status <> 'PENDING')""",
    "assigned": "SELECT count(*) FROM projects WHERE status = 'ASSIGNED'",
    "submitted": "SELECT count(*) FROM proposals WHERE cover_letter LIKE 'A cover letter of a common length%'",
    "worklogs": "SELECT count(*) FROM work_logs",
    # rows of project and accepted proposal
    "accepted": "SELECT project_id, id FROM proposals WHERE status = 'ACCEPTED'",
    # all that a decision of project {pid} writes, as text
    "state": """SELECT p::text, (SELECT string_agg(r::text, ' ' ORDER BY r.id) FROM proposals r WHERE r.project_id = p.id)
        FROM projects p WHERE p.id = {pid}""",
}
