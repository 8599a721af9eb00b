import type { ToolCallPart, ToolDefinition } from '../model/message';
import type { ContentRule } from './rule';

const shownLength = 120; // characters of the arguments

/** The model asked for a tool with arguments that are no JSON. */
export const toolCallInvalidJson: ContentRule = {
  id: 'tool-call-invalid-json',
  title: 'Tool call with arguments that are no JSON',
  severity: 'error',
  docs: 'The arguments of a tool call in the answer cannot be parsed as JSON.',
  looksAt: 'content',
  check(span, { content }) {
    const broken = content.outputMessages
      .flatMap(message => message.parts)
      .filter(part => part.type === 'toolCall')
      .find(part => isMeantAsJson(part, content.tools));
    if (broken === undefined) {
      return undefined;
    }
    const text = String(broken.arguments);
    const end = text.length > shownLength ? `…${text.slice(-shownLength)}` : text;
    const isCut = /^(?:length|max_)/i.test(span.finishReason ?? '');
    return {
      message: `The arguments for the tool "${broken.name}" are no JSON${isCut ? ': the answer was cut off at its output limit' : ''}. They end with: ${end}`,
      fixes: [
        ...(isCut
          ? ['Raise the output limit: the call was cut in the middle of its arguments.']
          : []),
        'Send the parse error back as the result of the call; the model mostly repairs it in the next turn.',
        'Switch on strict tool schemas where the provider has them, and keep the schema small.',
      ],
      links: [],
      facts: { tool: broken.name },
    };
  },
};

/** Tools may also take free text (a patch, a query): arguments that were parsed are no text any more. */
function isMeantAsJson({ name, arguments: args }: ToolCallPart, tools: readonly ToolDefinition[]) {
  if (typeof args !== 'string' || args.trim() === '') {
    return false;
  }
  const isTyped = tools.some(tool => tool.name === name && tool.parameters !== undefined);
  return isTyped || args.trimStart().startsWith('{');
}
