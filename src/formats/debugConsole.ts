import type { SpanContent } from '../model/message';
import type { SpanPatch } from '../model/span';
import { blockRule, parseBlock, type DebugBlock } from './fields/debugBlock';
import { isEmbeddingModel } from './fields/kind';
import { splitTypedMessage, toError } from './fields/errors';
import { cutText } from './fields/values';
import type { LineRole, TextFormat } from './format';
import { environmentSwitches } from './recordingHints';

/** Blocks that the debug mode prints to the console, redirected into a file. They hold no time and no id. */
export const debugConsole: TextFormat = {
  id: 'debug-console',
  title: 'Debug console blocks',
  docs: {
    writtenBy: 'The debug mode of the LLM logger (`LLM_DEBUG=true`), console output in a file',
    recognisedBy: 'A line of 60 `=`, then `LLM Call: …`; up to the next line of 60 `=`',
    notes:
      'No time, no id, and one figure for all tokens. The logger cuts messages at 200 and responses at 500 characters: such texts are marked as cut.',
  },
  recordingHint: environmentSwitches,
  container: 'text',
  createFramer,
  read: record => {
    const block = parseBlock(record);
    return block ? { spans: [toPatch(block)] } : undefined;
  },
};

/** Follows the rules of `=`; a block that lost its last rule ends at the next `LLM Call:` after a rule. */
function createFramer(): (line: string) => LineRole {
  let state: 'outside' | 'ruled' | 'inside' = 'outside';
  return line => {
    if (line === blockRule) {
      const ends = state === 'inside';
      state = ends ? 'outside' : 'ruled';
      return ends ? 'end' : 'start';
    }
    const isHead = line.startsWith('LLM Call: ');
    if (state === 'inside') {
      return 'continue';
    }
    if (!isHead) {
      state = 'outside';
      return 'none';
    }
    // after an end that was in truth the first rule of this block, the block starts without one
    const role = state === 'ruled' ? 'continue' : 'start';
    state = 'inside';
    return role;
  };
}

function toPatch(block: DebugBlock): SpanPatch {
  const failure = block.error === undefined ? undefined : splitTypedMessage(block.error);
  return {
    part: 'whole',
    kind: isEmbeddingModel(block.model) ? 'embedding' : 'call',
    name: cutText(block.name, 100),
    model: block.model,
    durationMs: block.latencyMs,
    usage: block.tokens === undefined ? undefined : { totalTokens: block.tokens },
    // a block without its last part is that of a process that ended before the answer came
    status: failure ? 'error' : block.isOver ? 'ok' : 'unknown',
    error: failure ? toError(failure.message, failure.type) : undefined,
    hasInput: block.messages.some(message => message.text !== ''),
    hasOutput: block.response !== undefined && block.response.text !== '',
    content: () => readBlockContent(block),
  };
}

function readBlockContent(block: DebugBlock): SpanContent {
  const messages = block.messages.map(({ role, text, isCut }) => ({
    role,
    parts: text === '' ? [] : [{ type: 'text' as const, text, cutByLogger: isCut || undefined }],
  }));
  const answer = block.response;
  return {
    inputMessages: messages,
    outputMessages:
      answer === undefined || answer.text === ''
        ? []
        : [
            {
              role: 'assistant',
              parts: [{ type: 'text', text: answer.text, cutByLogger: answer.isCut || undefined }],
            },
          ],
    tools: [],
    params: {},
  };
}
