"""A mail server that takes every mail and keeps none. Started with a port; says "ready"."""

import sys
import threading

from aiosmtpd.controller import Controller


class Sink:
    async def handle_DATA(self, server: object, session: object, envelope: object) -> str:
        return "250 taken"


if __name__ == "__main__":
    Controller(Sink(), hostname="127.0.0.1", port=int(sys.argv[1])).start()
    print("ready", flush=True)
    threading.Event().wait()
