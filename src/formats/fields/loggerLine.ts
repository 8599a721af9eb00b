import type { SpanPatch } from '../../model/span';
import { isCallLine, type LogLine, readCall } from './call';
import { callFieldsOf } from './callFields';
import { fieldsOfText } from './textFields';
import type { Fields } from './values';

/** The call that a logger's line tells of, if it does: its fields lie beside the logger's own, or one level down. */
export function readLine(fields: Fields, line: LogLine): readonly SpanPatch[] {
  const call = callFieldsOf(fields);
  return isCallLine(call, line) ? [readCall(call, line)] : [];
}

/** The same of a logger whose message may carry fields, too: `{level, message: "LLM call model=gpt-4o tokens=12"}`. */
export function readMessageLine(fields: Fields, line: LogLine): readonly SpanPatch[] {
  const spans = readLine(fields, line);
  const isProse = spans.length === 0 && /[\s=:{]/.test(line.message ?? '');
  const told = isProse ? fieldsOfText(line.message ?? '') : undefined;
  return told ? readLine({ ...fields, ...told }, line) : spans;
}
