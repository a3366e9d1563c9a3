"""How much memory this process holds."""

import ctypes
import os
import platform
import subprocess
from pathlib import Path


def resident_megabytes() -> list[float]:
    """Return the resident memory of this process in megabytes (10^6 bytes); empty if unknown."""
    system = platform.system()
    if system == "Linux":
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return [pages * os.sysconf("SC_PAGE_SIZE") / 1e6]
    if system == "Darwin":
        asked = ["ps", "-o", "rss=", "-p", str(os.getpid())]
        told = subprocess.run(asked, capture_output=True, text=True).stdout.strip()
        return [int(told) * 1024 / 1e6] if told else []
    return _on_windows() if system == "Windows" else []


class _Counters(ctypes.Structure):
    """PROCESS_MEMORY_COUNTERS of the Windows API."""

    _fields_ = (
        ("size", ctypes.c_ulong),
        ("page_faults", ctypes.c_ulong),
        ("peak_working_set", ctypes.c_size_t),
        ("working_set", ctypes.c_size_t),
        *((f"other_{number}", ctypes.c_size_t) for number in range(6)),
    )


def _on_windows() -> list[float]:
    counters = _Counters(size=ctypes.sizeof(_Counters))
    library = ctypes.CDLL("kernel32")
    library.GetCurrentProcess.restype = ctypes.c_void_p
    ask = library.K32GetProcessMemoryInfo
    ask.argtypes = (ctypes.c_void_p, ctypes.POINTER(_Counters), ctypes.c_ulong)
    known = ask(library.GetCurrentProcess(), ctypes.byref(counters), counters.size)
    return [counters.working_set / 1e6] if known else []
