import type { JsonFormat, LogFormat, TextFormat } from '../../../src/formats/format';

const docs = { writtenBy: 'tests', recognisedBy: 'tests' };
const nothing = { spans: [] };

function has(value: unknown, key: string): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key);
}

/** Objects with an `id`. */
const idFormat: JsonFormat = {
  id: 'with-id',
  title: 'With id',
  docs,
  container: 'json',
  matches: record => has(record, 'id'),
  read: () => nothing,
};

/** Arrays whose first element has a `role`: a whole conversation. */
const conversationFormat: JsonFormat = {
  id: 'conversation',
  title: 'Conversation',
  docs,
  container: 'json',
  matches: record => Array.isArray(record) && has(record[0], 'role'),
  read: () => nothing,
};

/** From `=== ` to a line `===`. */
const blockFormat: TextFormat = {
  id: 'block',
  title: 'Block',
  docs,
  container: 'text',
  createFramer: () => {
    let isOpen = false;
    return line => {
      if (line.startsWith('=== ')) {
        isOpen = true;
        return 'start';
      }
      if (!isOpen) {
        return 'none';
      }
      isOpen = line !== '===';
      return isOpen ? 'continue' : 'end';
    };
  },
  read: () => nothing,
};

/** Lines that begin with a date; indented lines continue. */
const datedFormat: TextFormat = {
  id: 'dated',
  title: 'Dated',
  docs,
  container: 'text',
  createFramer: () => line => {
    if (/^\d{4}-\d{2}-\d{2} /.test(line)) {
      return 'start';
    }
    return line.startsWith(' ') || line.startsWith('{') ? 'continue' : 'none';
  },
  read: () => nothing,
};

export const testFormats: readonly LogFormat[] = [
  idFormat,
  conversationFormat,
  blockFormat,
  datedFormat,
];
