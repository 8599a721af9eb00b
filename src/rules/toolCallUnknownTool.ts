import type { Message, ToolCallPart } from '../model/message';
import { messageParts } from './messageParts';
import type { ContentRule } from './rule';
import { shorten } from './say';

const shownTools = 8;

/** The model asked for a tool that it was not offered. */
export const toolCallUnknownTool: ContentRule = {
  id: 'tool-call-unknown-tool',
  title: 'Call of a tool that was not offered',
  severity: 'error',
  docs: 'The answer calls a tool whose name is not among the tools of the request, where the log has those.',
  looksAt: 'content',
  check(_span, { content }) {
    const offered = content.tools.map(tool => tool.name);
    const known = new Set(offered.map(bareName));
    const calls = messageParts(content.outputMessages).filter(part => part.type === 'toolCall');
    // a definition without a name stands for tools that the provider runs itself
    if (offered.length === 0 || calls.length === 0 || offered.includes('unnamed tool')) {
      return undefined;
    }
    const unknown = calls.find(({ name }) => !known.has(bareName(name)));
    if (unknown === undefined || hasWorked(unknown, content.inputMessages)) {
      return undefined;
    }
    const similar = offered.find(name => isSimilar(name, unknown.name));
    const list = offered.slice(0, shownTools).map(name => shorten(name, 40));
    const more = offered.length > shownTools ? ` and ${offered.length - shownTools} more` : '';
    return {
      message: `The model called "${shorten(unknown.name, 60)}", which it was not offered. Offered were: ${list.join(', ')}${more}.`,
      fixes: [
        ...(similar === undefined
          ? []
          : [
              `It most likely means "${similar}": map the name, or name the tool the same way in prompt, examples and definition.`,
            ]),
        'Look for the name in the prompt and in earlier turns: a tool that is mentioned there but not offered gets called.',
        'Answer such a call with an error result that lists the tools; the model mostly picks a right one then.',
        ...(offered.length > 20
          ? [`Offer fewer tools at a time: ${offered.length} are many.`]
          : []),
      ],
      links: [],
      facts: { tool: unknown.name, offered: offered.length },
    };
  },
};

/** SDKs and models put a namespace before a name: `functions.search`. */
function bareName(name: string): string {
  return name.toLowerCase().replace(/^(?:functions|default_api|tools)[.:]/, '');
}

/** `getWeather` and `get_weather`, `search` and `search_docs`. */
function isSimilar(one: string, other: string): boolean {
  const [first = '', second = ''] = [one, other].map(name =>
    name.toLowerCase().replace(/[^a-z0-9]/g, ''),
  );
  return (
    first.length > 2 && second.length > 2 && (first.includes(second) || second.includes(first))
  );
}

/** The tool gave a result before: then the list in the log is not the whole one. */
function hasWorked({ name }: ToolCallPart, history: readonly Message[]): boolean {
  const parts = messageParts(history);
  const ids = new Set(
    parts
      .filter(part => part.type === 'toolCall' && part.name === name)
      .map(part => ('id' in part ? part.id : undefined)),
  );
  return parts.some(
    part =>
      part.type === 'toolResult' &&
      part.isError !== true &&
      part.id !== undefined &&
      ids.has(part.id),
  );
}
