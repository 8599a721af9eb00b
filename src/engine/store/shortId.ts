import { createHash } from 'node:crypto';

const maxLength = 500; // characters; a log may call anything an id, and keys travel through every window

/** An id that is short enough for a key: itself, or its beginning and its hash. */
export function shortId(id: string): string {
  return id.length <= maxLength
    ? id
    : `${id.slice(0, 60)}~${createHash('sha256').update(id).digest('hex')}`;
}
