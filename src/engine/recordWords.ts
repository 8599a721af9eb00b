import type { Reading } from '../formats/format';
import { onOneLine } from './read/compactJson';
import type { ParsedRecord } from './recordSink';
import { crypto } from './builtins';

/** The same record has the same hash whether it was printed on one line or over several. */
export function sha256Of({ container, bytes }: Pick<ParsedRecord, 'container' | 'bytes'>): string {
  return crypto()
    .createHash('sha256')
    .update(container === 'json' ? onOneLine(bytes) : bytes)
    .digest('hex');
}

/** The id that the record gives its first span, without the prefix that says what kind of id it is. */
export function recordId({ spans }: Pick<Reading, 'spans'>): string | undefined {
  const first = spans[0];
  const identity = first?.identity;
  return first?.requestId ?? first?.spanId ?? identity?.slice(identity.indexOf(':') + 1);
}
