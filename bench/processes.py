"""What a process costs, as Linux counts it: CPU time and memory."""

import os
import re
from pathlib import Path

_TICK_S = 1 / os.sysconf("SC_CLK_TCK")
_SIZE = re.compile(r"^(Rss|Pss|VmHWM):\s+(\d+) kB", re.MULTILINE)


def cpu_s(pid: int) -> float:
    """Return user and system time of all the threads so far, in seconds (resolution: a tick, mostly 10 ms)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * _TICK_S


def machine_cpu_s() -> float:
    """Return the time that all processes of the machine ran so far, in seconds."""
    user, nice, system = Path("/proc/stat").read_text().split(maxsplit=4)[1:4]
    return (int(user) + int(nice) + int(system)) * _TICK_S


def memory_mb(pid: int) -> tuple[float, float, float]:
    """Return resident (RSS), proportional (PSS) and highest resident memory in MB (10^6 bytes)."""
    text = Path(f"/proc/{pid}/status").read_text().replace("VmRSS", "Rss")
    try:
        text += Path(f"/proc/{pid}/smaps_rollup").read_text()
    except PermissionError:  # the component lets nobody but root look into it
        text += text.replace("Rss", "Pss")
    sizes = {name: int(value) * 1024 / 1e6 for name, value in _SIZE.findall(text)}
    return sizes["Rss"], sizes["Pss"], sizes["VmHWM"]
