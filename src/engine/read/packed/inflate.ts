import { errorCode } from '../fileAccess';
import { tooLarge, type Unpacked, unpackLimit } from './archive';
import { zlib } from '../../builtins';

interface Options {
  readonly maxOutputLength: number;
  readonly finishFlush?: number;
}

type Decompress = (bytes: Buffer, options: Options) => Buffer;

/** Unpacks; what is cut off is unpacked as far as it goes. `cutFlush` makes the decompressor give what it has. */
export function inflate(decompress: Decompress, bytes: Buffer, cutFlush: number): Unpacked {
  const options = inflateOptions(bytes.length);
  try {
    return { bytes: decompress(bytes, options), isCut: false };
  } catch (error) {
    if (errorCode(error) !== 'Z_BUF_ERROR') {
      return toProblem(error, bytes.length);
    }
  }
  try {
    return { bytes: decompress(bytes, { ...options, finishFlush: cutFlush }), isCut: true };
  } catch (error) {
    return toProblem(error, bytes.length);
  }
}

export function inflateOptions(packedBytes: number): Options {
  return { maxOutputLength: unpackLimit(packedBytes) };
}

function toProblem(error: unknown, packedBytes: number): Unpacked {
  const code = errorCode(error);
  if (code === undefined) {
    throw error;
  }
  if (code === 'ERR_BUFFER_TOO_LARGE') {
    return { problem: tooLarge(packedBytes), unreadBytes: 0 };
  }
  const reason = error instanceof Error ? error.message : code;
  return { problem: `It is damaged: ${reason}.`, unreadBytes: 0 };
}

export function inflateGzip(bytes: Buffer): Unpacked {
  return inflate(zlib().gunzipSync, bytes, zlib().constants.Z_SYNC_FLUSH);
}

export function inflateRaw(bytes: Buffer): Unpacked {
  return inflate(zlib().inflateRawSync, bytes, zlib().constants.Z_SYNC_FLUSH);
}
