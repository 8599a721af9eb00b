# Runs a program and writes what it took, as JSON, to descriptor 3. Arguments: the program and its own.
import json
import os
import subprocess
import sys
import time

start = time.perf_counter()
process = subprocess.Popen(sys.argv[1:], close_fds=True)
_, status, usage = os.wait4(process.pid, 0)
wall = time.perf_counter() - start
# Linux counts kilobytes, macOS bytes.
unit = 1 if sys.platform == "darwin" else 1024
os.write(3, json.dumps({
    "wallMs": wall * 1000,
    "cpuSeconds": usage.ru_utime + usage.ru_stime,
    "peakBytes": usage.ru_maxrss * unit,
}).encode())
sys.exit(os.waitstatus_to_exitcode(status) & 255)
