"""A browser as far as it is needed: cookies, forms with their hidden fields, the headers of a real one."""
import html.parser
import http.client
import urllib.parse


class Forms(html.parser.HTMLParser):
    """The forms of a page: {absolute action path: hidden fields}."""

    def __init__(self, page, text):
        super().__init__()
        self.page, self.forms, self.now = page, {}, None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if tag == "form":
            action = urllib.parse.urlsplit(urllib.parse.urljoin(self.page, a.get("action") or self.page)).path
            self.now = self.forms.setdefault(action, {})
        elif tag == "input" and self.now is not None and a.get("type") == "hidden" and a.get("name"):
            self.now[a["name"]] = a.get("value") or ""

    def handle_endtag(self, tag):
        if tag == "form":
            self.now = None


class Session:
    """One browser: a cookie jar and one connection."""

    def __init__(self, port):
        self.port, self.cookies, self.conn, self.forms = port, {}, None, {}

    def headers(self, post):
        base = f"http://127.0.0.1:{self.port}"
        h = {"Host": f"127.0.0.1:{self.port}", "User-Agent": "peers-bench", "Accept": "text/html"}
        if self.cookies:
            h["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        if post:
            h |= {"Origin": base, "Referer": base + "/", "Sec-Fetch-Site": "same-origin",
                  "Content-Type": "application/x-www-form-urlencoded"}
        return h

    def request(self, method, path, form=None):
        body = urllib.parse.urlencode(form).encode() if form is not None else None
        for attempt in (0, 1):
            try:
                if self.conn is None:
                    self.conn = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
                self.conn.request(method, path, body, self.headers(method == "POST"))
                r = self.conn.getresponse()
                text = r.read().decode("utf-8", "replace")
                break
            except (http.client.HTTPException, OSError):
                self.conn = None
                if attempt:
                    raise
        for c in r.headers.get_all("Set-Cookie") or []:
            pair, *attrs = c.split(";")
            name, _, value = pair.strip().partition("=")
            if any(x.strip().lower() == "max-age=0" for x in attrs):
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value
        return r.status, r.headers, text

    def raw(self, method, path, form=None):
        """The bytes of a request as this browser would send it."""
        body = urllib.parse.urlencode(form).encode() if form is not None else b""
        h = self.headers(method == "POST") | {"Accept-Encoding": "gzip, br"}
        if method == "POST":
            h["Content-Length"] = str(len(body))
        head = f"{method} {path} HTTP/1.1\r\n" + "".join(f"{k}: {v}\r\n" for k, v in h.items()) + "\r\n"
        return head.encode() + body

    def close(self):
        if self.conn:
            self.conn.close()
            self.conn = None
