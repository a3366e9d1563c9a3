#!/usr/bin/env python3
"""Start Cofactor: make its own Python environment when it is missing, then hand over to it.

Run ``python3 main.py`` for the window, ``python3 main.py --help`` for everything else and
``python3 main.py test`` for the tests. Only the standard library is used here, and the file has to
parse on Pythons as old as 2.7, so that they can say which one is needed.
"""

from __future__ import print_function

import contextlib
import errno
import glob
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time

NEEDED = (3, 11)
ROOT = os.path.dirname(os.path.abspath(__file__))
LOCK = os.path.join(ROOT, "requirements.lock")
VENV = os.path.join(ROOT, ".venv")
FREE_BYTES_NEEDED = 1000 * 1000 * 1000

# What Qt needs from the system beside its own files: program and its command.
MEND_QT = {
    "apt-get": "apt-get install -y libglib2.0-0 libgl1 libegl1 libxkbcommon0 libfontconfig1"
    " libdbus-1-3 libxcb-cursor0",
    "dnf": "dnf install -y glib2 libglvnd-glx libglvnd-egl libxkbcommon fontconfig dbus-libs"
    " xcb-util-cursor",
    "zypper": "zypper install -y libglib-2_0-0 libgthread-2_0-0 Mesa-libGL1 Mesa-libEGL1"
    " libxkbcommon0 libfontconfig1 libdbus-1-3 libxcb-cursor0",
    "pacman": "pacman -S --needed glib2 libglvnd libxkbcommon fontconfig dbus xcb-util-cursor",
}

DISK_FULL = "The disk is too full. Free about 1 GB and start again."
NO_PERMISSION = (
    "Files in the folder .venv cannot be written. Close every Cofactor window, see that Cofactor's"
    " folder belongs to you, and start again."
)
NO_NETWORK = (
    "The packages could not be fetched. Check the network connection (and the proxy, if your"
    " organisation has one) and start again. Once set up, Cofactor needs no network."
)
WRONG_PACKAGE = (
    "A downloaded package is not the one this version was tested with. Start again; if it happens"
    " again, a proxy or another program is changing downloads."
)
NO_PACKAGE = (
    "For this system or this Python a package is not available ready-made. Cofactor needs a"
    " 64-bit Python, and one that is not newer than Cofactor itself."
)
NO_INSTALLER = (
    "This Python comes without pip, its package installer. On Debian or Ubuntu run"
    " 'sudo apt-get install -y python3-venv', elsewhere 'python3 -m ensurepip'; then start again."
)
# Words in an installer's output and what they mean; the first match is told.
INSTALL_PROBLEMS = (
    ("No space left|Errno 28|WinError 112", DISK_FULL),
    ("Permission denied|Errno 13|Read-only file system|WinError (5|32)|Access is denied",
     NO_PERMISSION),
    ("NewConnectionError|NameResolutionError|Name or service not|name resolution|getaddrinfo"
     "|Failed to establish|timed out|ProxyError|SSLError|CERTIFICATE_VERIFY|ConnectionReset"
     "|Connection broken", NO_NETWORK),
    ("DO NOT MATCH THE HASHES", WRONG_PACKAGE),
    ("No matching distribution|Could not find a version", NO_PACKAGE),
)  # fmt: skip

SET_UP_TALK = {
    "missing": "First start: setting up Cofactor's own Python environment in .venv (about 200 MB to"
    " fetch, 700 MB on the disk, one to three minutes) ...",
    "damaged": "The Python environment in .venv is incomplete; making it anew (one to three"
    " minutes) ...",
    "outdated": "Bringing the Python environment in .venv up to date ...",
}


class SetUpError(Exception):
    """The environment could not be made; the text tells a person why and what to do."""


def say(text, end="\n"):
    """Write to standard error, which leaves standard output to the command's own answer."""
    sys.stderr.write(text + end)
    sys.stderr.flush()


def version_problem(found, executable):
    """Return what to tell on a Python that is too old, or an empty text."""
    if tuple(found[:2]) >= NEEDED:
        return ""
    return (
        "Cofactor needs Python %d.%d or newer; this is Python %d.%d (%s).\n"
        "Install a newer one (python.org, or your system's package manager) and start again with"
        " it, for example: python3.12 main.py" % (NEEDED + tuple(found[:2]) + (executable,))
    )


def venv_python():
    """Return the path of the environment's own Python."""
    return os.path.join(
        VENV, *(("Scripts", "python.exe") if os.name == "nt" else ("bin", "python"))
    )


def clean_environment():
    """Return the variables for a child: Cofactor's code is found, nothing else gets in between."""
    unwanted = ("PYTHONHOME", "PYTHONSTARTUP", "__PYVENV_LAUNCHER__", "PIP_TARGET", "PIP_PREFIX")
    env = dict((key, value) for key, value in os.environ.items() if key not in unwanted)
    # PYTHONSAFEPATH: a folder called "app" where the user happens to be must not be imported.
    env.update(PYTHONPATH=ROOT, PYTHONSAFEPATH="1", PIP_USER="0", PIP_REQUIRE_VIRTUALENV="0")
    env.setdefault("PYTHONUTF8", "1")
    return env


# --- the environment ------------------------------------------------------------------------------


def in_venv(name):
    """Return the path of one of the launcher's own marks in the environment."""
    return os.path.join(VENV, "cofactor-" + name)


def installed_names():
    """Return the top-level names in the environment's site-packages."""
    pattern = ("Lib", "site-packages") if os.name == "nt" else ("lib", "python*", "site-packages")
    folders = glob.glob(os.path.join(glob.escape(VENV), *pattern))
    names = set(name for folder in folders for name in os.listdir(folder))
    return sorted(name for name in names if name[0] != "~" and name != "__pycache__")


def made_from():
    """Return the first line of the stamp: the lock and the Python the environment rests on."""
    with open(LOCK, "rb") as handle:
        digest = hashlib.sha256(handle.read()).hexdigest()
    return digest + " " + os.path.basename(os.path.realpath(venv_python()))


def base_python_is_usable():
    """Tell whether the Python that the environment was made with is still there and new enough."""
    try:
        with open(os.path.join(VENV, "pyvenv.cfg")) as handle:
            settings = dict(line.strip().split(" = ", 1) for line in handle if " = " in line)
        version = settings.get("version") or settings.get("version_info") or ""
        found = tuple(int(part) for part in version.split(".")[:2])
    except (IOError, OSError, ValueError):
        return False
    usable = os.path.isdir(settings.get("home", "")) and os.path.exists(venv_python())
    return usable and not version_problem(found, "")


def environment_state():
    """Return "ready", "missing", "damaged" (make anew) or "outdated" (install on top)."""
    if not os.path.isdir(VENV):
        return "missing"
    if os.path.exists(in_venv("unfinished")) or not base_python_is_usable():
        return "damaged"
    try:
        with open(in_venv("stamp")) as handle:
            stamp = handle.read().splitlines()
    except (IOError, OSError):
        return "outdated"
    if not stamp or not set(stamp[1:]).issubset(installed_names()):
        return "damaged"
    if stamp[0] == made_from():
        return "ready"
    return "outdated" if stamp[0].split()[1:] == made_from().split()[1:] else "damaged"


def write_stamp():
    """Note what the environment holds; written last, so that it vouches for a complete one."""
    with open(in_venv("stamp.new"), "w") as handle:
        handle.write("\n".join([made_from()] + installed_names()) + "\n")
    os.replace(in_venv("stamp.new"), in_venv("stamp"))
    os.remove(in_venv("unfinished"))


def try_to_lock(handle):
    """Lock an open file for this process; return False while another one holds it."""
    try:
        if os.name == "nt":
            import msvcrt

            handle.seek(0)
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as problem:
        # Anything else means a file system without locks: go on as well as it goes.
        return problem.errno not in (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
    return True


@contextlib.contextmanager
def only_one_at_a_time():
    """Hold the set-up lock; a second start waits here until the first has finished."""
    with open(os.path.join(ROOT, ".venv.lock"), "a+") as handle:
        told = False
        while not try_to_lock(handle):
            if not told:
                say("Another start of Cofactor is setting up; waiting for it ...")
            told = True
            time.sleep(0.5)
        yield  # closing the file lets the next one in


def run_quietly(command, on_line=None):
    """Run a set-up command; return its exit code and everything it said."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=clean_environment(),
        universal_newlines=True,
        errors="replace",
    )
    lines = []
    with process:
        for line in process.stdout:
            lines.append(line)
            if on_line:
                on_line(line)
    return process.returncode, "".join(lines)


def explain(output):
    """Return a plain account of why an installation failed."""
    for pattern, text in INSTALL_PROBLEMS:
        if re.search(pattern, output):
            return text
    return "The installer said:\n" + "\n".join(output.strip().splitlines()[-8:])


def make_environment():
    """Make an empty environment at .venv, with or without pip of its own."""
    base = getattr(sys, "_base_executable", None) or sys.executable
    if os.path.lexists(VENV):
        shutil.rmtree(VENV)
    os.mkdir(VENV)
    open(in_venv("unfinished"), "w").close()
    code, output = run_quietly([base, "-m", "venv", VENV])
    if code:  # Debian and Ubuntu keep ensurepip in a package of its own
        code, output = run_quietly([base, "-m", "venv", "--without-pip", VENV])
    if code:
        raise SetUpError(explain(output))


def installer():
    """Return the start of a pip command that installs into the environment."""
    base = getattr(sys, "_base_executable", None) or sys.executable
    for command in ([venv_python(), "-m", "pip"], [base, "-m", "pip", "--python", venv_python()]):
        if run_quietly(command + ["--version"])[0] == 0:
            return command
    raise SetUpError(NO_INSTALLER)


def install_packages():
    """Install exactly what requirements.lock names, telling how far it is."""
    open(in_venv("unfinished"), "w").close()
    with open(LOCK) as handle:
        total = len(set(line.split("==")[0] for line in handle if line[:1].isalnum()))
    seen = []

    def on_line(line):
        if line.startswith("Collecting ") and sys.stderr.isatty():
            seen.append(line.split()[1].split("==")[0])
            say("\r  %d of %d: %-40s" % (len(seen), total, seen[-1]), end="")

    options = ["--disable-pip-version-check", "--no-input", "--no-color", "--only-binary", ":all:"]
    code, output = run_quietly(
        installer() + ["install", "--require-hashes", "--no-deps", "-r", LOCK] + options, on_line
    )
    if seen:
        say("\r" + " " * 60 + "\r", end="")
    if code:
        if "Installing collected packages" not in output:
            os.remove(in_venv("unfinished"))  # nothing was touched: what worked still works
        raise SetUpError(explain(output))


def ensure_environment():
    """See that .venv holds what requirements.lock names; return at once when it does."""
    if environment_state() == "ready":
        return
    if not os.access(ROOT, os.W_OK):
        raise SetUpError(
            "Cofactor's folder cannot be written to: %s. Move it to a place of your own, such as"
            " your documents, and start again." % ROOT
        )
    with only_one_at_a_time():
        state = environment_state()
        if state == "ready":
            return
        if state != "outdated" and shutil.disk_usage(ROOT).free < FREE_BYTES_NEEDED:
            raise SetUpError(DISK_FULL)
        say(SET_UP_TALK[state])
        try:
            if state != "outdated":
                make_environment()
            install_packages()
            write_stamp()
        except OSError as problem:
            raise SetUpError(explain(str(problem)))
        say("Ready.")


# --- Qt -------------------------------------------------------------------------------------------


def qt_problem(offscreen):
    """Return why Qt cannot start here, or an empty text. Run in a child: Qt may abort."""
    env = clean_environment()
    if offscreen:
        env["QT_QPA_PLATFORM"] = "offscreen"
    check = "from PySide6.QtWidgets import QApplication; QApplication([])"
    child = subprocess.run(
        [venv_python(), "-c", check],
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    lines = child.stdout.decode("utf-8", "replace").strip().splitlines()
    return "" if child.returncode == 0 else (lines or ["Qt stopped without a word."])[-1]


def mend_line():
    """Return the one command that brings Qt's system libraries, or an empty text."""
    for program, command in MEND_QT.items():
        if shutil.which(program):
            sudo = "" if os.geteuid() == 0 else "sudo "
            first = sudo + "apt-get update && " if program == "apt-get" else ""
            return first + sudo + command
    return ""


def tell_qt_problem(problem):
    """Say what is missing and how to mend it."""
    say("The window toolkit Qt cannot start here: " + problem)
    if mend_line():
        say("This brings the missing system libraries:\n  " + mend_line())


def has_display():
    """Tell whether a window can be shown here; on Linux that takes a running desktop."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return os.name == "nt" or sys.platform == "darwin" or any(os.environ.get(n) for n in names)


def opens_window(args):
    """Tell whether these arguments end in a window: none, a project file, or the demo."""
    if args[:1] == ["demo"]:
        return has_display() and "--no-window" not in args
    name = args[0] if len(args) == 1 else ""
    return not args or name.endswith(".cofactor") or os.path.isfile(name + ".cofactor")


def window_can_open():
    """Check Qt once for each state of the environment and remember that it worked."""
    if not has_display():
        say("There is no desktop here to show a window on. Commands work without: main.py --help")
        return False
    with contextlib.suppress(OSError), open(in_venv("qt-works")) as handle:
        if handle.read() == made_from():
            return True
    problem = qt_problem(offscreen=False)
    if problem:
        tell_qt_problem(problem)
        return False
    with contextlib.suppress(OSError), open(in_venv("qt-works"), "w") as handle:
        handle.write(made_from())
    return True


# --- handing over ---------------------------------------------------------------------------------


def hand_over(command, cwd=None):
    """Run the environment's Python to its end and return its exit code."""
    process = subprocess.Popen([venv_python()] + command, env=clean_environment(), cwd=cwd)
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    while True:
        try:
            code = process.wait()
            return code if code >= 0 else 128 - code
        except KeyboardInterrupt:
            # A terminal sends Ctrl+C to the child as well, and the child decides what it means.
            if not sys.stdin.isatty() and os.name != "nt":
                process.send_signal(signal.SIGINT)


def spread(args):
    """Return the arguments with the work spread over the processors, for a run of all tests."""
    processors = min(os.cpu_count() or 1, 4)
    if args or processors < 2:
        return args
    return ["-n", str(processors), "--dist", "worksteal"]


def run_tests(args):
    """Run pytest; without Qt the headless part of it, saying so before and after."""
    problem = qt_problem(offscreen=True)
    if not problem:
        return hand_over(["-m", "pytest"] + spread(args), cwd=ROOT)
    tell_qt_problem(problem)
    skipped = "THE WINDOW TESTS (tests/ui) WERE SKIPPED: Qt cannot start here."
    rest = [arg for arg in args if not arg.replace(os.sep, "/").startswith("tests/ui")]
    if args and not rest:
        say(skipped)
        return 1
    say("Running the tests that need no window.")
    windowless = ["-p", "no:pytest-qt", "--ignore", os.path.join(ROOT, "tests", "ui")]
    code = hand_over(["-m", "pytest"] + windowless + spread(rest), cwd=ROOT)
    say(skipped)
    return code


def main(args):
    """Set up if need be, hand over, return the exit code."""
    problem = version_problem(sys.version_info, sys.executable)
    if problem:
        say(problem)
        return 1
    try:
        ensure_environment()
        if args[:1] == ["test"]:
            return run_tests(args[1:])
        if opens_window(args) and not window_can_open():
            if args[:1] != ["demo"]:
                return 1
            args = args + ["--no-window"]
        return hand_over(["-m", "app.cli"] + args)
    except SetUpError as problem:
        say("Cofactor could not be set up. " + str(problem))
        return 1
    except KeyboardInterrupt:
        say("\nStopped. The next start goes on from here.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
