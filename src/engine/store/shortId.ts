import { crypto } from '../builtins';

/** Characters; a log may call anything an id, and keys travel through every window. */
export const maxIdLength = 500;

/** An id that is short enough for a key: itself, or its beginning and its hash. */
export function shortId(id: string): string {
  return id.length <= maxIdLength
    ? id
    : `${id.slice(0, 60)}~${crypto().createHash('sha256').update(id).digest('hex')}`;
}
