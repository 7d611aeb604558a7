"""Asks for every page that each role of a running demo can reach by links, one page at a time.

    python3 bench/people/pages.py 127.0.0.1:8080 PID [TIMES [SESSIONS]]

For each role it signs in by the demo's buttons, or as SESSIONS says, a file that
seed.py wrote of a database of its own; it follows links (two addresses a
kind of page), and asks TIMES for each. It prints the pages over a target, and
those that use most processor time of the server (from /proc/PID/stat: a count
that other programs disturb less than they do the time on the clock; its grain
is a hundredth of a second, so TIMES below 20 says little).
"""

import http.client
import html
import json
import os
import re
import statistics
import sys
import time
import urllib.parse
from collections import deque

ADDRESS, PID, TIMES = sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 20
MOST_MS, MOST_BYTES, KINDS_EACH, FIRST_PAGES = 30, 100_000, 2, 60
TICK = os.sysconf("SC_CLK_TCK")
HEADERS = {"Sec-Fetch-Site": "same-origin", "Origin": f"http://{ADDRESS}"}


def processor_ms():
    with open(f"/proc/{PID}/stat", encoding="utf-8") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / TICK


class Reader:
    def __init__(self, cookie=None):
        self.link, self.cookies = http.client.HTTPConnection(ADDRESS, timeout=30), {}
        if cookie:
            self.cookies = dict([cookie.split("=", 1)])

    def ask(self, path, form=None):
        headers = dict(HEADERS, Cookie="; ".join(f"{k}={v}" for k, v in self.cookies.items()))
        body = urllib.parse.urlencode(form) if form is not None else None
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.link.request("POST" if body is not None else "GET", path, body, headers)
        answer = self.link.getresponse()
        text = answer.read()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
        return answer, text


def forms(page):
    """The fields of each form of the demo's sign-in page, the button's own among them."""
    for form in re.findall(r'<form[^>]*action="/demo/sign-in".*?</form>', page, re.S):
        hidden = {}
        for tag in re.findall(r"<input[^>]*>", form):
            at = dict(re.findall(r'(\w+)="([^"]*)"', tag))
            if "name" in at:
                hidden[at["name"]] = html.unescape(at.get("value", ""))
        buttons = [dict(re.findall(r'(\w+)="([^"]*)"', tag)) for tag in re.findall(r"<button[^>]*>", form)]
        for button in buttons or [{}]:
            yield hidden | ({button["name"]: html.unescape(button["value"])} if "name" in button else {})


def kind(path):
    path, _, query = path.partition("?")
    return re.sub(r"/[^/]*\d[^/]*", "/*", path) + ("?" if query else "")


def walk(reader):
    todo, seen, kinds = deque(["/start"]), {"/start"}, {}
    while todo and sum(kinds.values()) < FIRST_PAGES:
        path = todo.popleft()
        if kinds.get(kind(path), 0) >= KINDS_EACH:
            continue
        answer, text = reader.ask(path)
        if answer.status != 200 or "html" not in answer.getheader("content-type", ""):
            continue
        kinds[kind(path)] = kinds.get(kind(path), 0) + 1
        yield path
        for found in re.findall(r'<a[^>]*href="(/[^"#]*)', text.decode()):
            found = html.unescape(found)
            if found not in seen:
                seen.add(found)
                todo.append(found)


def readers():
    """One signed-in reader a role, with its name."""
    if len(sys.argv) > 4:
        with open(sys.argv[4], encoding="utf-8") as file:
            for name, carries in json.load(file)["roles"].items():
                yield name, Reader(carries["cookie"])
        return
    roles = list(forms(Reader().ask("/sign-in")[1].decode()))
    if not roles:
        sys.exit("The sign-in page offers no roles: is this a demo?")
    for number, role in enumerate(roles):
        reader = Reader()
        reader.ask("/sign-in")
        answer, _ = reader.ask("/demo/sign-in", role)
        if answer.status not in (302, 303):
            sys.exit(f"Signing in as {role} was answered with {answer.status}")
        yield next((v for k, v in role.items() if "csrf" not in k), str(number)), reader


def main():
    rows, roles = [], 0
    for name, reader in readers():
        roles += 1
        for path in list(walk(reader)):
            times, before, size = [], processor_ms(), 0
            for _ in range(TIMES):
                began = time.perf_counter()
                _, text = reader.ask(path)
                times.append((time.perf_counter() - began) * 1000)
                size = len(text)
            rows.append(((processor_ms() - before) / TIMES, statistics.median(times), max(times), size, name, path))
    rows.sort(reverse=True)
    over = [row for row in rows if row[1] > MOST_MS or row[3] > MOST_BYTES]
    print(f"{roles} roles, {len(rows)} pages, each {TIMES} times; load average {os.getloadavg()[0]:.1f}")
    for title, some in (("Over 30 ms (median) or 100 KB", over), ("Most processor time", rows[:12])):
        print(f"\n{title}: {len(some)}\n\n| Role | Page | Processor, ms | Median, ms | Slowest, ms | Bytes |\n| --- | --- | --- | --- | --- | --- |")
        for processor, median, most, size, name, path in some:
            print(f"| {name} | {path} | {processor:.1f} | {median:.1f} | {most:.1f} | {size:,} |")


main()
