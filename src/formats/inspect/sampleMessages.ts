import { type Beginning, contentAfter } from '../../model/beginning';
import type { SpanPatch } from '../../model/span';
import { answerOnly } from '../fields/bodies';
import { toolNamesIn } from '../fields/exchange';
import { saidBefore } from '../fields/saidBefore';
import { secondsToMs } from '../fields/seconds';
import { type Fields, isFields, toId, toLabel } from '../fields/values';
import { withAttachments } from './attachments';
import { readChatMessage, readChatMessages } from './chatMessage';
import { readModelCost, readModelUsage } from './modelUsage';

/** The calls of a sample that was logged without events: every message that the model wrote. */
export function readSampleMessages(sample: Fields, traceId: string): readonly SpanPatch[] {
  const messages = Array.isArray(sample['messages']) ? sample['messages'].filter(isFields) : [];
  const written = messages.flatMap((message, index) =>
    message['role'] === 'assistant' && message['source'] !== 'input' ? [index] : [],
  );
  const before = saidBefore(messages, message =>
    readChatMessages(withAttachments([message], sample['attachments'])),
  );
  return written.map(index =>
    readWritten(sample, messages, {
      index,
      before,
      traceId,
      isLast: index === written.at(-1),
      isOnly: written.length === 1,
    }),
  );
}

interface Written {
  readonly index: number;
  readonly before: (index: number) => Beginning;
  readonly traceId: string;
  readonly isLast: boolean;
  readonly isOnly: boolean;
}

/** The usage of a sample's output is that of its last call, that of the sample is that of all. */
function readWritten(sample: Fields, messages: readonly Fields[], written: Written): SpanPatch {
  const { index, before, traceId, isLast, isOnly } = written;
  const message = messages[index] ?? {};
  const output = isLast && isFields(sample['output']) ? sample['output'] : {};
  const [choice] = Array.isArray(output['choices']) ? output['choices'].filter(isFields) : [];
  const spanId = toId(message['id']) ?? `message/${index}`;
  const answer = readChatMessage(message);
  const usage = usageOf(output) ?? (isOnly ? usageOfAll(sample) : undefined);
  const { attachments } = sample;
  return {
    identity: `span:${traceId}/${spanId}`,
    part: 'whole',
    kind: 'call',
    name: 'generate',
    traceId,
    spanId,
    parentSpanId: 'sample',
    model: toLabel(message['model']) ?? toLabel(output['model']),
    durationMs: secondsToMs(output['time']),
    usage: readModelUsage(usage),
    loggedCostUsd: readModelCost(usage),
    status: 'ok',
    finishReason: toLabel(choice?.['stop_reason']),
    toolCallNames: toolNamesIn([answer]),
    hasInput: index > 0,
    hasOutput: answer.parts.length > 0,
    content: () =>
      contentAfter(
        before(index),
        answerOnly(readChatMessages(withAttachments([message], attachments))),
      ),
  };
}

/** An output without usage has an empty object, or null. */
function usageOf(output: Fields): Fields | undefined {
  const { usage } = output;
  return isFields(usage) && 'input_tokens' in usage ? usage : undefined;
}

function usageOfAll(sample: Fields): Fields | undefined {
  const byModel = isFields(sample['model_usage']) ? Object.values(sample['model_usage']) : [];
  const [usage] = byModel;
  return byModel.length === 1 && isFields(usage) ? usage : undefined;
}
