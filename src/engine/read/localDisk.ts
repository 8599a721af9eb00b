import { statfsSync } from 'node:fs';

/** Magic numbers of Linux file systems that nobody else can write to: ext2 to 4, XFS, Btrfs, ZFS, F2FS, bcachefs, tmpfs, ramfs, overlay. */
const localTypes = new Set([
  0xef53, 0x58465342, 0x9123683e, 0x2fc12fc1, 0xf2f52010, 0xca451a4e, 0x01021994, 0x858458f6,
  0x794c7630,
]);

/**
 * Whether every change in the folder passes the kernel of this machine. A network drive, a folder shared with a virtual
 * machine or mounted by a program may change without it; so may, for all we know, any folder of another system than Linux.
 */
export function isLocalDisk(folder: string): boolean {
  if (process.platform !== 'linux') {
    return false;
  }
  try {
    return localTypes.has(statfsSync(folder).type);
  } catch {
    // it is gone, or the system does not say
    return false;
  }
}
