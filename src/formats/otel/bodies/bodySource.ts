import type { Message } from '../../../model/message';
import { textPart } from '../../fields/parts';
import type { SpanData } from '../spanData';

/** Reads the messages of one dialect out of a span; undefined or none when the span does not have them. */
export type BodyReader = (span: SpanData) => readonly Message[] | undefined;

export function textMessage(role: string, text: string): readonly Message[] {
  const parts = textPart(text);
  return parts.length === 0 ? [] : [{ role, parts }];
}
