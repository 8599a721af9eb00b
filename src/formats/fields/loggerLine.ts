import type { SpanPatch } from '../../model/span';
import { isCallLine, type LogLine, readCall } from './call';
import { callFieldsOf } from './callFields';
import type { Fields } from './values';

/** The call that a logger's line tells of, if it does: its fields lie beside the logger's own, or one level down. */
export function readLine(fields: Fields, line: LogLine): readonly SpanPatch[] {
  const call = callFieldsOf(fields);
  return isCallLine(call, line) ? [readCall(call, line)] : [];
}
