# Drops files from the page cache. Exit code 3: they are still there. Arguments: files.
import os
import sys

for name in sys.argv[1:]:
    descriptor = os.open(name, os.O_RDONLY)
    # what is not on the disk yet cannot be dropped
    os.fsync(descriptor)
    os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    middle = os.fstat(descriptor).st_size // 2
    try:
        # succeeds only when the bytes are in memory
        os.preadv(descriptor, [bytearray(1)], middle, os.RWF_NOWAIT)
        sys.exit(3)
    except BlockingIOError:
        pass
    os.close(descriptor)
