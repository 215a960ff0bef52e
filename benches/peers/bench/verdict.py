"""Compares what a server answered with what SQL says. One difference ends the run."""
from plan import DONE, READS, WRITES

COUNTED = {"accept": "assigned", "contend": "assigned", "submit": "submitted", "worklog": "worklogs"}


def count(app, pg, key):
    return int(pg.sql(app.db, app.verify[key]))


def invariants(app, pg, when):
    bad = {k: count(app, pg, k) for k in ("broken", "leaked")}
    if any(bad.values()):
        raise SystemExit(f"{app.name}: after {when}, invariant broken in SQL: {bad}")


def decisions(app, pg, targets, each, when):
    """Compares every answer to competing accepts with SQL; returns how many projects were decided. In each project
    done must have been answered, for no proposal but the one that SQL has ACCEPTED, and once only unless the
    adapter says repeat_is_done. targets: (project, proposal) of each record, None for what is no accept."""
    said, accepted = {}, {}
    for status, sent in each.items():
        for pid, prop in filter(None, (targets[i] for i in sent)):
            said.setdefault(pid, []).extend([prop] if int(status) in DONE else [])
    for line in pg.sql(app.db, app.verify["accepted"]).split():
        pid, prop = map(int, line.split("|"))
        accepted.setdefault(pid, []).append(prop)
    for pid, props in said.items():
        where = f"{app.name}: {when}: project {pid}"
        if len(props) > 1 and not app.repeat:
            raise SystemExit(f"{where}: {len(props)} accepts were answered done")
        if len(set(props)) != 1 or accepted.get(pid) != props[:1]:
            raise SystemExit(f"{where}: done was answered for the proposals {sorted(set(props))}, SQL accepted {accepted.get(pid)}")
    return len(said)


def judge(app, pg, op, r, before):
    """One operation's answers: all of them as expected, and as many as SQL has."""
    done, each = {int(k): v for k, v in r["statuses"].items()}, r.pop("each")
    ok = sum(done.get(s, 0) for s in ([200] if op in READS else DONE))
    lost = sum(done.get(s, 0) for s in app.lost) if op == "contend" else 0
    if r["errors"] or ok + lost != r["total"] or not ok:
        raise SystemExit(f"{app.name} {op}: unexpected answers {done}, errors {r['errors']}")
    if op not in WRITES:
        return
    delta = count(app, pg, COUNTED[op]) - before[COUNTED[op]]
    won = decisions(app, pg, app.contended, each, op) if op == "contend" else ok
    if delta != won:
        raise SystemExit(f"{app.name} {op}: {won} were answered done, SQL says {delta}")
    invariants(app, pg, op)
    if op == "contend":
        r["decided"] = won / r["secs"]
        r["winners"], r["repeats"], r["losers"] = won, ok - won, lost
