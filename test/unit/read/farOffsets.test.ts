import assert from 'node:assert/strict';
import fs from 'node:fs';
import { diskAccess, type FileAccess, type OpenFile } from '../../../src/engine/read/fileAccess';
import { FollowedFolder, lines } from './folder';

/** More than 32 bits can say. */
const holeBytes = 2 ** 32;

/** A disk on which each file has a hole of 4 GB after its first bytes, as a writer leaves it whose log was truncated behind its back. */
function diskWithHoles(holeAt: number): FileAccess {
  const size = (file: string): number => fs.statSync(file).size + holeBytes;
  const withHole = (file: OpenFile): OpenFile => ({
    close: () => file.close(),
    stat: () => {
      const stat = file.stat();
      stat.size += BigInt(holeBytes);
      return stat;
    },
    read: (target, length, offset) => {
      const first = Math.max(0, Math.min(length, holeAt - offset));
      const nuls = Math.max(0, Math.min(length, holeAt + holeBytes - offset) - first);
      target.fill(0, first, first + nuls);
      const before = first === 0 ? 0 : file.read(target, first, offset);
      const rest = length - first - nuls;
      const behind = Math.max(holeAt, offset + first + nuls - holeBytes);
      const after = rest === 0 ? 0 : file.read(target.subarray(first + nuls), rest, behind);
      return before + nuls + after;
    },
  });
  return {
    ...diskAccess,
    glance: file => {
      const stat = diskAccess.glance(file);
      if (stat?.isFile() === true) {
        stat.size = size(file);
      }
      return stat;
    },
    open: file => withHole(diskAccess.open(file)),
  };
}

describe('A file of more than 4 GB', () => {
  it('has its records where they are, behind a hole of any length', async function () {
    this.timeout(60_000);
    const first = lines(1);
    const folder = new FollowedFolder({ final: true, access: diskWithHoles(first.length) });
    try {
      folder.append('a.jsonl', `${first}\n${lines(2, 3)}`);
      await folder.source.start();
      await folder.settle();
      const second = first.length + holeBytes + 1;
      assert.deepEqual(
        [...folder.believed.file(folder.path('a.jsonl')).records.values()].map(
          ({ offset, value }) => ({ offset, value }),
        ),
        [
          { offset: 0, value: { id: 1 } },
          { offset: second, value: { id: 2 } },
          { offset: second + lines(2).length, value: { id: 3 } },
        ],
      );
      assert.deepEqual(folder.reasons('a.jsonl'), []);
    } finally {
      await folder.dispose();
    }
  });
});
