import type { Message, ToolCallPart } from '../model/message';

/** One call of a tool: name and arguments, and the result when the messages hold it. */
export interface ToolUse {
  readonly signature: string;
  readonly result: string | undefined;
}

interface OpenUse {
  readonly signature: string;
  readonly id: string | undefined;
  readonly name: string;
  result: string | undefined;
}

/** Name and arguments as one text: `search {"q":"x"}`. */
export function signatureOf({ name, arguments: args }: ToolCallPart): string {
  return `${name} ${typeof args === 'string' ? args : JSON.stringify(args ?? {})}`;
}

/** The tool calls of a conversation in order, each with its result: the one with its id, else the next of its name. */
export function callsOfTools(messages: readonly Message[]): readonly ToolUse[] {
  const uses: OpenUse[] = [];
  const open = new Map<string, OpenUse>();
  let unnamed: OpenUse[] = [];
  for (const part of messages.flatMap(message => message.parts)) {
    if (part.type === 'toolCall') {
      const use = { signature: signatureOf(part), id: part.id, name: part.name, result: undefined };
      uses.push(use);
      if (use.id === undefined) {
        unnamed.push(use);
      } else {
        open.set(use.id, use);
      }
    } else if (part.type === 'toolResult') {
      const use =
        (part.id === undefined ? undefined : open.get(part.id)) ??
        unnamed.find(({ name }) => part.name === undefined || part.name === name);
      if (use) {
        use.result = JSON.stringify(part.content ?? null);
        unnamed = unnamed.filter(other => other !== use);
      }
    }
  }
  return uses;
}
