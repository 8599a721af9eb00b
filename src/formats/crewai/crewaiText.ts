import type { Fields } from '../fields/values';
import type { LineRole, TextFormat } from '../format';
import { readTaskEntry } from './entry';

const header = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d: (?:task_name|task|agent|status)=/;
/** Old versions write no line break after an entry: the next one begins within the line. */
const anyHeader = /(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d): (?=(?:task_name|task|agent|status)=)/;
const fieldStart = /(?:^|, )(task_name|task|agent|status|output)=/;

/** crewAI with `output_log_file`, as text: values hold line breaks, and quotes only since 2024. */
export const crewaiText: TextFormat = {
  id: 'crewai-text',
  title: 'crewAI task log (text)',
  docs: {
    schema:
      'https://github.com/crewAIInc/crewAI/blob/main/lib/crewai/src/crewai/utilities/file_handler.py',
    writtenBy: 'crewAI with `output_log_file`',
    recognisedBy: '`2026-01-31 12:00:00: task_name="…", task="…", agent="…", status="…"`',
    notes: 'Tasks are agents; the log does not tell of their calls.',
  },
  container: 'text',
  createFramer() {
    let isOpen = false;
    return (line: string): LineRole => {
      if (header.test(line.slice(0, 60))) {
        isOpen = true;
        return 'start';
      }
      return isOpen ? 'continue' : 'none';
    };
  },
  read: record => {
    const pieces = record.split(anyHeader);
    const entries = pieces.flatMap((time, index) =>
      index % 2 === 1 ? [readFields(time, pieces[index + 1] ?? '')] : [],
    );
    return entries.length === 0 ? undefined : { spans: entries.flatMap(one => readTaskEntry(one)) };
  },
};

/** Splits at the names of the fields: values may hold anything else. */
function readFields(timestamp: string, text: string): Fields {
  const pieces = text.split(fieldStart);
  const fields = new Map<string, unknown>([['timestamp', timestamp]]);
  for (let index = 1; index < pieces.length; index += 2) {
    const name = pieces[index] ?? '';
    // the first of a name: a task may speak of fields itself
    if (!fields.has(name)) {
      fields.set(name, unquote((pieces[index + 1] ?? '').trim()));
    }
  }
  return Object.fromEntries(fields);
}

function unquote(text: string): string {
  return text.length > 1 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
}
