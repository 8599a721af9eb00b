import type { SpanContent } from '../../model/message';
import { unwrapJson } from './unwrapJson';

/** A tool's run as a tracer records it. */
export interface ToolRun {
  readonly id?: string | undefined;
  readonly name: string;
  readonly input: unknown;
  readonly output: unknown;
  readonly isError?: boolean | undefined;
}

/** The bodies of a tool's run: the call with its arguments, and the result when there is one. */
export function toolRunContent(run: ToolRun): SpanContent {
  const { id, name } = run;
  const input = unwrapJson(run.input);
  const output = unwrapJson(run.output);
  return {
    inputMessages: [
      { role: 'assistant', parts: [{ type: 'toolCall', id, name, arguments: input ?? undefined }] },
    ],
    outputMessages:
      output === undefined || output === null
        ? []
        : [
            {
              role: 'tool',
              parts: [{ type: 'toolResult', id, name, content: output, isError: run.isError }],
            },
          ],
    tools: [],
    params: {},
  };
}
