import type { SpanPatch } from '../model/span';
import { isEmbeddingModel } from './fields/kind';
import { hasText } from './fields/content';
import { readMessages } from './fields/messages';
import { readOutput } from './fields/output';
import { toTime } from './fields/time';
import { readUsageObject } from './fields/usage';
import { type Fields, isFields, toLabel } from './fields/values';
import type { JsonFormat, ReadContext } from './format';
import { environmentSwitches } from './recordingHints';

const keys: ReadonlySet<string> = new Set(['messages', 'response', 'model', 'usage']);
const stampedName = /^debug_conversation_(\d{4})(\d\d)(\d\d)_(\d\d)(\d\d)(\d\d)/;

/** `debug_conversation_*.json`: one call with all its text, one file each. The time stands in the file's name only. */
export const debugConversation: JsonFormat = {
  id: 'debug-conversation',
  title: 'Saved debug conversation',
  docs: {
    writtenBy: 'The debug mode of the LLM logger, with `LLM_SAVE_CONVERSATIONS=true`',
    recognisedBy: 'A JSON object of exactly `messages`, `response`, `model`, `usage`',
    notes:
      'The time is that of the file name, read as UTC like the naive times of the same app; it is when the call ended, and the log has no duration.',
  },
  recordingHint: environmentSwitches,
  container: 'json',
  matches: isConversation,
  read: (record, context) => ({
    spans: isFields(record) ? [readConversation(record, context)] : [],
  }),
};

function isConversation(record: unknown): record is Fields {
  return (
    isFields(record) &&
    Array.isArray(record['messages']) &&
    'response' in record &&
    'model' in record &&
    'usage' in record &&
    Object.keys(record).every(key => keys.has(key))
  );
}

function readConversation(record: Fields, context: ReadContext): SpanPatch {
  const model = toLabel(record['model']);
  return {
    part: 'whole',
    kind: isEmbeddingModel(model) ? 'embedding' : 'call',
    name: 'conversation',
    model,
    startTime: timeInName(context.fileName),
    usage: readUsageObject(record['usage']),
    // only calls that came back are saved
    status: 'ok',
    hasInput: hasText(record['messages']) === true,
    hasOutput: hasText(record['response']) === true,
    content: () => ({
      inputMessages: readMessages(record['messages']),
      outputMessages: readOutput(record['response']),
      tools: [],
      params: {},
    }),
  };
}

function timeInName(fileName: string): number | undefined {
  const parts = stampedName.exec(fileName);
  return parts
    ? toTime(`${parts.slice(1, 4).join('-')} ${parts.slice(4, 7).join(':')}`)
    : undefined;
}
