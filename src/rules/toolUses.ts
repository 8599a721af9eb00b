import type { Message, ToolCallPart } from '../model/message';

/** One call of a tool: name and arguments, and the result when the messages hold it. */
export interface ToolUse {
  readonly signature: string;
  /** undefined: the log does not hold it. May be read from disk. */
  readonly result: () => string | undefined;
}

interface OpenUse {
  readonly signature: string;
  readonly id: string | undefined;
  readonly name: string;
  result: string | undefined;
}

const maxKept = 300; // characters of arguments; they may hold a whole file

/** Name and arguments as one text that is the same for the same call: `search {"q":"x"}`; long ones are cut, with a checksum. */
export function signatureOf(call: ToolCallPart): string {
  const args = argumentsOf(call);
  const rest = args.length > maxKept ? ` ${args.length} ${checksum(args)}` : '';
  return `${call.name} ${args.slice(0, maxKept)}${rest}`;
}

export function argumentsOf({ arguments: args }: ToolCallPart): string {
  return typeof args === 'string' ? args : JSON.stringify(args ?? {});
}

/** 32 bits (FNV-1a). */
function checksum(text: string): number {
  let sum = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193);
  }
  return sum;
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
  return uses.map(({ signature, result }) => ({ signature, result: () => result }));
}
