import { once } from '../../../model/once';
import { zlib } from '../../builtins';
import { inflate } from './inflate';
import type { Unpacked } from './archive';

interface Decompressed {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}
type DecompressFrame = (
  bytes: Buffer,
  options: { maxOutputLength: number; finishFlush?: number; info: true },
) => Decompressed;

/** ZSTD_e_flush: what there is of a frame without its end. */
const giveWhatThereIs = 1;

const decompressFrame = once((): DecompressFrame | undefined => {
  const found: unknown = Reflect.get(zlib(), 'zstdDecompressSync');
  // Node has it since 22.15, our types of Node are older
  return typeof found === 'function' ? (found as DecompressFrame) : undefined;
});

export const needsNewerNode = 'Compressed with Zstandard: needs Node 22.15 or newer to be read.';

/** A text when this Node cannot. */
export function inflateZstd(bytes: Buffer): Unpacked {
  const decompress = decompressFrame();
  if (decompress === undefined) {
    return { problem: needsNewerNode, unreadBytes: 0 };
  }
  return inflate(
    (packed, options) => decompressFrames(decompress, packed, options),
    bytes,
    giveWhatThereIs,
  );
}

export function canInflateZstd(): boolean {
  return decompressFrame() !== undefined;
}

/** Node unpacks the first frame only; logs are appended to frame by frame. */
function decompressFrames(
  decompress: DecompressFrame,
  bytes: Buffer,
  options: { readonly maxOutputLength: number; readonly finishFlush?: number },
): Buffer {
  const frames: Buffer[] = [];
  let room = options.maxOutputLength;
  for (let position = 0; position < bytes.length;) {
    const { buffer, engine } = decompress(bytes.subarray(position), {
      ...options,
      maxOutputLength: Math.max(1, room),
      info: true,
    });
    frames.push(buffer);
    room -= buffer.length;
    if (engine.bytesWritten === 0) {
      break;
    }
    position += engine.bytesWritten;
  }
  return Buffer.concat(frames);
}
