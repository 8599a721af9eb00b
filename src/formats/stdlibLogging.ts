import type { SpanPatch } from '../model/span';
import type { LogLine } from './fields/call';
import { isEmbeddingModel } from './fields/kind';
import { isErrorLevel } from './fields/level';
import { isLogHeader, type LogHeader, parseLogHeader } from './fields/logHeader';
import { readCallSentence } from './fields/callSentence';
import { exceptionOf, toError } from './fields/errors';
import { readLine as readFields } from './fields/loggerLine';
import { fieldsOfText, nameOfText } from './fields/textFields';
import type { LineRole, TextFormat } from './format';
import { ownFields } from './recordingHints';

/** Characters of a line that may be an error. */
const maxMessage = 2000;

/** Text lines of Python's `logging` and of everybody who writes time, level, name and message. */
export const stdlibLogging: TextFormat = {
  id: 'stdlib-logging',
  title: 'Text log (Python logging)',
  docs: {
    schema: 'https://docs.python.org/3/library/logging.html#formatter-objects',
    writtenBy: 'Python `logging` with a text format, loguru to a file, and other text loggers',
    recognisedBy:
      'Lines that begin with date and time (or a level and then those); following lines without a time belong to the record',
    notes:
      'A sentence such as `Called gpt-4o in 0.3 seconds` or `LLM call to gpt-4o failed: RateLimitError: …` is a call, and so are fields that tell of one: a JSON object, `key=value` pairs, `model: x | tokens: 5`, labelled lines in several languages. Everything else is understood and holds none. The time is that of the end of the call; the zone of a text log is unknown: read as UTC.',
  },
  recordingHint: ownFields,
  container: 'text',
  createFramer: () => {
    let isOpen = false;
    return (line): LineRole => {
      if (isLogHeader(line)) {
        isOpen = true;
        return 'start';
      }
      return isOpen ? 'continue' : 'none';
    };
  },
  read: record => {
    const header = parseLogHeader(record);
    return header ? { spans: readLine(header) } : undefined;
  },
};

function readLine(header: LogHeader): readonly SpanPatch[] {
  const fields = fieldsOfText(header.message);
  const told = fields ? readFields(fields, lineOf(header)) : [];
  return told.length > 0 ? told : readSentence(header);
}

function lineOf({ time, level, message }: LogHeader): LogLine {
  const [first = '', ...below] = message.split('\n');
  const isError = isErrorLevel(level);
  return {
    time,
    // of an error the line is what went wrong
    message: isError ? first.slice(0, maxMessage) : nameOfText(message),
    isError,
    error: below.length > 0 ? exceptionOf(below.join('\n')) : undefined,
  };
}

function readSentence(header: LogHeader): SpanPatch[] {
  const sentence = readCallSentence(header.message, isErrorLevel(header.level));
  if (!sentence) {
    return [];
  }
  const { model, durationMs, usage, failure } = sentence;
  const isEmbedding = isEmbeddingModel(model);
  return [
    {
      part: 'whole',
      kind: isEmbedding ? 'embedding' : 'call',
      name: isEmbedding ? 'embedding' : 'call',
      model,
      startTime: header.time === undefined ? undefined : header.time - (durationMs ?? 0),
      durationMs,
      usage,
      status: failure ? 'error' : 'ok',
      error: failure ? toError(failure.message, failure.type) : undefined,
      hasInput: false,
      hasOutput: false,
    },
  ];
}
