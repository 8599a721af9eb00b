import type { Message, ToolCallPart, ToolResultPart } from '../model/message';

/** Which calls of tools and which results in a conversation do not belong to each other. By id: without ids nothing can be said. */
export interface Unpaired {
  /** Calls without a result, though the conversation went on. */
  readonly unanswered: readonly ToolCallPart[];
  /** Results of calls that are not there. */
  readonly orphaned: readonly ToolResultPart[];
  /** Whether any call, and any result, carries an id. */
  readonly hasCalls: boolean;
  readonly hasResults: boolean;
}

/** Tools that the provider runs itself have their results elsewhere. */
const runByProvider = /^srvtoolu_|^ws_|^ci_|^fs_|^mcp_/;

export function findUnpaired(messages: readonly Message[]): Unpaired {
  const known = unpairedIn.get(messages) ?? lookForUnpaired(messages);
  unpairedIn.set(messages, known);
  return known;
}

/** Two rules ask for it, of each call and of the one before it. */
const unpairedIn = new WeakMap<readonly Message[], Unpaired>();

function lookForUnpaired(messages: readonly Message[]): Unpaired {
  const calls = new Map<string, ToolCallPart & { readonly at: number }>();
  const results = new Map<string, ToolResultPart>();
  for (const [at, { parts }] of messages.entries()) {
    for (const part of parts) {
      if (part.type === 'toolCall' && part.id !== undefined && !runByProvider.test(part.id)) {
        calls.set(part.id, { ...part, at });
      } else if (part.type === 'toolResult' && part.id !== undefined) {
        results.set(part.id, part);
      }
    }
  }
  return {
    unanswered: [...calls]
      .filter(([id, { at }]) => !results.has(id) && at < messages.length - 1)
      .map(([, call]) => call),
    orphaned: [...results]
      .filter(([id]) => !calls.has(id) && !runByProvider.test(id))
      .map(([, result]) => result),
    hasCalls: calls.size > 0,
    hasResults: results.size > 0,
  };
}
