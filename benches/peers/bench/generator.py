"""Fires ready-made requests with loadgen, and asks how fast loadgen itself can be here."""
import json
import os
import re
import shutil
import struct
import subprocess
import time
from types import SimpleNamespace

from browser import Session
from machine import Cpu, free_port
from postgres import HERE

NGINX = """daemon off; worker_processes 1; pid {d}/pid; error_log {d}/err;
events {{ worker_connections 512; }}
http {{ access_log off; keepalive_requests 100000000; open_file_cache max=10;
server {{ listen 127.0.0.1:{port}; root {d}; }} }}"""


def build(work):
    subprocess.run(["rustc", "--edition", "2024", "-O", "-o", os.path.join(work, "loadgen"), os.path.join(HERE, "loadgen", "main.rs")],
                   check=True)


def fire(app, work, records, secs, *flags, warm=0.0, conns=None):
    path = os.path.join(work, "requests.bin")
    with open(path, "wb") as f:
        for c, raw in records:
            f.write(struct.pack("<II", c, len(raw)) + raw)
    r = subprocess.run(
        [os.path.join(work, "loadgen"), "--addr", f"127.0.0.1:{app.port}", "--file", path, "--secs", str(secs),
         "--warm", str(warm), "--conns", str(conns or app.opt.conns), *flags], capture_output=True, text=True)
    if r.returncode:
        raise SystemExit(f"loadgen: {r.stderr}")
    return json.loads(r.stdout)


def ceiling(work, opt):
    """The same generator against nginx with a ready page of 4 KB: the most that it could ever report here.
    None where nginx is missing."""
    nginx = shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin")
    if not nginx:
        return None
    d, port = os.path.join(work, "nginx"), free_port()
    os.makedirs(d)
    os.chmod(d, 0o755)
    for name, text in (("index.html", "x" * 4096), ("nginx.conf", NGINX.format(d=d, port=port))):
        with open(os.path.join(d, name), "w") as f:
            f.write(text)
    p = subprocess.Popen([nginx, "-e", f"{d}/err", "-p", d, "-c", f"{d}/nginx.conf"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        time.sleep(0.5)
        cpu = Cpu(app=p.pid)
        r = fire(SimpleNamespace(port=port, opt=opt), work, [(0, Session(port).raw("GET", "/"))], 3, "--wrap", warm=0.5)
        r["cpu"] = cpu.read()
        if shutil.which("wrk"):
            wrk = ["wrk", "-t1", f"-c{opt.conns}", "-d3s", f"http://127.0.0.1:{port}/"]
            m = re.search(r"Requests/sec:\s+([\d.]+)", subprocess.run(wrk, capture_output=True, text=True).stdout)
            r["wrk"] = float(m.group(1)) if m else None
        return r
    finally:
        p.terminate()
        p.wait()
