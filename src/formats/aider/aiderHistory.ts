import type { Message } from '../../model/message';
import type { SpanPatch } from '../../model/span';
import { textPart } from '../fields/parts';
import { toTime } from '../fields/time';
import type { TextFormat } from '../format';

const request = /^TO LLM (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\s*$/;
const response = /^LLM RESPONSE (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\s*$/;
const separator = /^-{7}\s*$/;
/** Lines of a message begin with the role of its author. */
const spoken = /^(SYSTEM|USER|ASSISTANT|TOOL|FUNCTION)(?: |$)/;

/** `.aider.llm.history` (`log_llm_history` of https://github.com/Aider-AI/aider/blob/main/aider/io.py). */
export const aiderHistory: TextFormat = {
  id: 'aider-history',
  title: 'aider LLM history',
  docs: {
    schema: 'https://github.com/Aider-AI/aider/blob/main/aider/io.py',
    writtenBy: 'aider: `.aider.llm.history` (with `--llm-history-file`)',
    recognisedBy:
      'Lines `TO LLM <time>` and `LLM RESPONSE <time>`; what is said begins with a role',
    notes: 'Times are whole seconds of the writer’s clock. No model and no tokens.',
  },
  container: 'text',
  createFramer: () => {
    let open: 'request' | 'response' | undefined;
    return line => {
      if (request.test(line)) {
        open = 'request';
        return 'start';
      }
      if (open === 'request' && response.test(line)) {
        open = 'response';
      } else if (open === 'response' && !spoken.test(line)) {
        open = undefined;
      }
      // a list of parts is written without a role on every line of them
      return open === undefined ? 'none' : 'continue';
    };
  },
  read: record => {
    const lines = record.split('\n');
    const startTime = toTime(request.exec(lines[0] ?? '')?.[1]);
    return startTime === undefined ? undefined : { spans: [readCall(lines, startTime)] };
  },
};

function readCall(lines: readonly string[], startTime: number): SpanPatch {
  const answerAt = lines.findIndex(line => response.test(line));
  const isAnswered = answerAt >= 0;
  const asked = isAnswered ? lines.slice(1, answerAt) : lines.slice(1);
  const answered = isAnswered ? lines.slice(answerAt + 1) : [];
  return {
    part: 'whole',
    kind: 'call',
    name: 'chat',
    startTime,
    endTime: isAnswered ? toTime(response.exec(lines[answerAt] ?? '')?.[1]) : undefined,
    status: isAnswered ? 'ok' : 'unknown',
    hasInput: asked.length > 0,
    hasOutput: answered.length > 0,
    content: () => ({
      inputMessages: readSpoken(asked),
      outputMessages: readSpoken(answered),
      tools: [],
      params: {},
    }),
  };
}

/** Lines of one role are one message, up to a line of dashes or another role. */
function readSpoken(lines: readonly string[]): readonly Message[] {
  const messages: { role: string; lines: string[] }[] = [];
  let isNew = true;
  for (const line of lines) {
    const last = messages.at(-1);
    const role = spoken.exec(line)?.[1]?.toLowerCase();
    if (role === undefined) {
      isNew = separator.test(line);
      last?.lines.push(...(isNew ? [] : [line]));
      continue;
    }
    const text = line.slice(role.length + 1);
    if (isNew || last?.role !== role) {
      messages.push({ role, lines: [text] });
    } else {
      last.lines.push(text);
    }
    isNew = false;
  }
  return messages.map(message => ({
    role: message.role,
    parts: textPart(message.lines.join('\n')),
  }));
}
