"""A mail server for tests, on this machine only: aiosmtpd on three ports.

Usage: smtp_server.py DIRECTORY. It writes there what it receives
(box/NUMBER.eml, its envelope's recipient first), the certificate of its
authority (ca.pem), and, once it listens, its ports (ports.json: plain,
starttls, tls). The last two want the user ‘aspire’ with the password ‘letters’.

What it answers depends on the recipient's address before the @:
nobody: 550, for good; busy: 451, for now; relay: 550 5.7.1, not allowed;
spam: 554 to the letter itself; busy-once: 451 the first time.
"""

import asyncio
import json
import os
import ssl
import sys

import trustme
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

ANSWERS = {
    "nobody": "550 5.1.1 No such mailbox here",
    "busy": "451 4.3.2 Too busy, try later",
    "relay": "550 5.7.1 Relaying denied",
}


class Box:
    def __init__(self, directory):
        self.directory = directory
        self.count = 0
        self.seen = set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        name = address.split("@")[0]
        if name in ANSWERS:
            return ANSWERS[name]
        if name.startswith("busy-once") and address not in self.seen:
            self.seen.add(address)
            return "451 4.3.2 Too busy, try later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_MAIL(self, server, session, envelope, address, options):
        if address.startswith("stranger@"):
            return "550 5.1.8 Unknown sender"
        envelope.mail_from = address
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if envelope.rcpt_tos[0].startswith("spam"):
            return "554 5.6.0 This letter is not taken"
        self.count += 1
        unfinished = os.path.join(self.directory, "unfinished")
        with open(unfinished, "wb") as file:
            file.write(envelope.rcpt_tos[0].encode() + b"\n" + envelope.content)
        os.rename(unfinished, os.path.join(self.directory, f"{self.count}.eml"))
        return "250 OK"


def authenticator(server, session, envelope, mechanism, data):
    right = LoginPassword(b"aspire", b"letters")
    # handled: whether we have answered ourselves; the server does.
    return AuthResult(success=data == right, handled=False)


async def main(directory):
    box = os.path.join(directory, "box")
    os.makedirs(box)
    # Root keeps the server's directory; tests that run as others look into the box.
    os.chmod(box, 0o755)
    authority = trustme.CA()
    authority.cert_pem.write_to_path(os.path.join(directory, "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    handler = Box(box)
    loop = asyncio.get_running_loop()

    async def listen(context=None, **wishes):
        def protocol():
            return SMTP(handler, hostname="localhost", enable_SMTPUTF8=True, loop=loop, **wishes)

        server = await loop.create_server(protocol, "127.0.0.1", 0, ssl=context)
        return server.sockets[0].getsockname()[1]

    wants = {"authenticator": authenticator, "auth_required": True}
    ports = {
        "plain": await listen(),
        "starttls": await listen(tls_context=context, require_starttls=True, **wants),
        "tls": await listen(context, auth_require_tls=False, **wants),
    }
    unfinished = os.path.join(directory, "unfinished.json")
    with open(unfinished, "w") as file:
        json.dump(ports, file)
    os.rename(unfinished, os.path.join(directory, "ports.json"))
    await asyncio.Event().wait()


asyncio.run(main(sys.argv[1]))
