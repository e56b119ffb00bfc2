"""A `prisma` of this workspace, built and run for a script."""
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
START_SECONDS = 30
STOP_SECONDS = 10


class Failure(Exception):
    """Why a script cannot go on; the message is for a human."""


def build():
    """The program, as new as its sources."""
    cargo("build", "--quiet", "--package", "prisma-cli", "--bin", "prisma")
    return os.path.join(target_folder(), "debug", "prisma")


def target_folder():
    return json.loads(cargo("metadata", "--no-deps", "--format-version", "1"))["target_directory"]


def cargo(*arguments):
    """What cargo prints on standard output; what it says on standard error is for the reader."""
    done = subprocess.run(["cargo", *arguments], cwd=ROOT, stdout=subprocess.PIPE)
    if done.returncode:
        raise Failure("`cargo %s` failed" % arguments[0])
    return done.stdout


@contextlib.contextmanager
def server(program, database, log_path):
    """A server on a database, which is an entry of a configuration, for as long as the block runs; gives its address."""
    # JSON is YAML, and quotes whatever stands in a path.
    config = json.dumps({"databases": {"default": database}})
    with tempfile.TemporaryDirectory() as home, open(log_path, "wb") as log:
        port = free_port()
        process = subprocess.Popen(
            [program, "server", "--port", str(port)],
            cwd=home,
            env={**os.environ, "PRISMA_CONFIG": config},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        url = "http://127.0.0.1:%d" % port
        try:
            wait_for(process, url)
            yield url
            if process.poll() is not None:
                raise Failure("the server ended by itself, with status %d" % process.returncode)
            stop(process)
        except Failure:
            log.flush()
            print(tail(log_path), file=sys.stderr)
            raise
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_for(process, url):
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            raise Failure("the server did not start: status %d" % process.returncode)
        try:
            with urllib.request.urlopen(url + "/status", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise Failure("the server did not answer `/status` within %d seconds" % START_SECONDS)


def stop(process):
    process.send_signal(signal.SIGTERM)
    try:
        status = process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        raise Failure("the server did not stop within %d seconds of SIGTERM" % STOP_SECONDS) from None
    if status:
        raise Failure("the server ended with status %d on SIGTERM" % status)


def tail(path, lines=30):
    with open(path, encoding="utf-8", errors="replace") as file:
        return "".join(file.readlines()[-lines:])
