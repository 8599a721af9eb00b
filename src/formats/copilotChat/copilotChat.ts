import type { SpanPatch } from '../../model/span';
import { type Fields, isFields, toId } from '../fields/values';
import type { JsonFormat } from '../format';
import { isEntry, readRequestEntry, readToolEntry, requestOf } from './entry';

/**
 * The request log of Copilot Chat, exported from VS Code: all prompts, one prompt, a list of entries, or one entry.
 * https://github.com/microsoft/vscode-copilot-chat/blob/main/src/extension/replay/common/chatReplayTypes.ts
 */
export const copilotChat: JsonFormat = {
  id: 'copilot-chat',
  title: 'Copilot Chat export',
  docs: {
    schema:
      'https://github.com/microsoft/vscode-copilot-chat/blob/main/src/extension/replay/common/chatReplayTypes.ts',
    writtenBy:
      'VS Code Copilot Chat: exported prompt logs (`*.chatreplay.json`) and single entries',
    recognisedBy:
      '`prompts` with `logs` and `exportedAt`; lists of `kind` `request`, `toolCall`, `element`',
    notes:
      'Calls of one request of the user are a trace. Elements of the prompt and Markdown shown to the user are no calls. A cancelled request is no failure.',
  },
  container: 'json',
  matches: isCopilotChat,
  read: record => ({ spans: readRecord(record) }),
};

function isCopilotChat(record: unknown): boolean {
  if (Array.isArray(record)) {
    return isEntry(record[0]);
  }
  return (
    isFields(record) &&
    (('exportedAt' in record && Array.isArray(record['prompts'])) ||
      isPrompt(record) ||
      isEntry(record))
  );
}

function isPrompt(record: Fields): boolean {
  const { logs } = record;
  return typeof record['prompt'] === 'string' && Array.isArray(logs) && isEntry(logs[0]);
}

function readRecord(record: unknown): readonly SpanPatch[] {
  if (Array.isArray(record)) {
    return readEntries(record, undefined);
  }
  if (!isFields(record)) {
    return [];
  }
  const prompts = Array.isArray(record['prompts']) ? record['prompts'].filter(isFields) : [record];
  return isEntry(record)
    ? readEntries([record], undefined)
    : prompts.flatMap(prompt => readEntries(prompt['logs'], toId(prompt['promptId'])));
}

/** `promptId` stands in for the id of the user's request where no entry has one. */
function readEntries(list: unknown, promptId: string | undefined): readonly SpanPatch[] {
  const entries = Array.isArray(list) ? list.filter(isEntry) : [];
  let traceId = entries.map(requestOf).find(id => id !== undefined) ?? promptId;
  let lastCall: string | undefined;
  return entries.flatMap(entry => {
    if (entry['kind'] === 'toolCall') {
      return [readToolEntry(entry, traceId, lastCall)];
    }
    if (entry['kind'] !== 'request') {
      return [];
    }
    traceId = requestOf(entry) ?? traceId;
    const call = readRequestEntry(entry, traceId);
    lastCall = call?.spanId ?? lastCall;
    return call ?? [];
  });
}
