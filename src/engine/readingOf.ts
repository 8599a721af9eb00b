import type { LineRole, LogFormat, Reading } from '../formats/format';
import type { Encoding } from './read/encoding';
import { baseNameOf } from './read/logNames';
import { recordValue } from './read/readRecord';

/** What the bytes of a whole record say to the format that it was read with; undefined when it does not understand them any more. */
export function readingOf(
  format: LogFormat | undefined,
  record: { readonly bytes: Buffer; readonly encoding: Encoding; readonly text?: string },
  place: { readonly file: string; readonly entry?: string | undefined },
): Reading | undefined {
  const { bytes, encoding, text } = record;
  const value = format && recordValue(bytes, encoding, format.container, text)?.value;
  const context = { fileName: baseNameOf(place) };
  try {
    if (format?.container === 'json') {
      // its bytes are the same, so it is still a record of this format
      return value === undefined ? undefined : format.read(value, context);
    }
    return format && typeof value === 'string'
      ? format.read(ownLines(value, format.createFramer()), context)
      : undefined;
  } catch {
    // bytes that were exchanged under us may be anything, also what a format stumbles over: not understood
    return undefined;
  }
}

/** Lines of other formats may stand in the middle of a record: the framer knows its own. */
function ownLines(text: string, roleOf: (line: string) => LineRole): string {
  return text
    .split('\n')
    .filter(line => roleOf(line) !== 'none')
    .join('\n');
}
