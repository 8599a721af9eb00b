import { contentAfter, inputOfPieces } from '../../model/beginning';
import type { Message, Part, SpanContent } from '../../model/message';

/** The bodies of a call whose log tells the conversation piece by piece: what was asked stands in the records before it. */
export function answerOnly(outputMessages: readonly Message[]): SpanContent {
  return { inputMessages: [], outputMessages, tools: [], params: {} };
}

/** The bodies of a tool's run: what it was called with and what it gave back, as far as one record says. */
export function toolBodies(call: Part | undefined, result: Part | undefined): SpanContent {
  return {
    inputMessages: call ? [{ role: 'assistant', parts: [call] }] : [],
    outputMessages: result ? [{ role: 'tool', parts: [result] }] : [],
    tools: [],
    params: {},
  };
}

/** Pieces of one answer as one message: neighbours of the same role belong together. */
export function joinNeighbours(contents: readonly SpanContent[]): SpanContent {
  return contentAfter(inputOfPieces(contents, joined), {
    outputMessages: joined(contents.flatMap(content => content.outputMessages)),
    tools: contents.flatMap(content => content.tools),
    params: contents.find(content => Object.keys(content.params).length > 0)?.params ?? {},
  });
}

/** For logs that write a message again when more of it is known. */
export function lastOf(contents: readonly SpanContent[]): SpanContent {
  return contents.at(-1) ?? answerOnly([]);
}

/** Names of the tools that the messages ask for, in order. */
export function calledTools(messages: readonly Message[]): readonly string[] {
  return messages.flatMap(({ parts }) =>
    parts.flatMap(part => (part.type === 'toolCall' ? part.name : [])),
  );
}

/** Whether a message holds something to show. */
export function saysAnything(messages: readonly Message[]): boolean {
  return messages.some(({ parts }) => parts.length > 0);
}

function joined(messages: readonly Message[]): readonly Message[] {
  const result: { readonly message: Message; parts: Part[] | undefined }[] = [];
  for (const message of messages) {
    const last = result.at(-1);
    if (last && last.message.role === message.role && last.message.name === message.name) {
      // there may be thousands of pieces: what was joined before is not copied for each of them
      last.parts ??= [...last.message.parts];
      last.parts.push(...message.parts);
    } else {
      result.push({ message, parts: undefined });
    }
  }
  return result.map(({ message, parts }) => (parts ? { ...message, parts } : message));
}
