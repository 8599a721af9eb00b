import type { SpanContent } from '../../model/message';
import type { SpanKind } from '../../model/span';
import { hasText } from './content';
import { readRequest, readResponse } from './exchange';
import { toolRunContent } from './toolRun';

/** The bodies of a row of a tracing platform: what went in and came out of a tool, or of anything else. */
export function readRowContent(row: {
  readonly kind: SpanKind;
  readonly name: string;
  readonly input: unknown;
  readonly output: unknown;
}): SpanContent {
  const { kind, name, input, output } = row;
  if (kind === 'tool') {
    return toolRunContent({ name, input, output });
  }
  return {
    ...readRequest(hasText(input) === true ? input : undefined),
    outputMessages: hasText(output) === true ? readResponse(output) : [],
  };
}
