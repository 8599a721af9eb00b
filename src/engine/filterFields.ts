import type { Span } from '../model/span';

/** What a filter can ask of a span, by field. Texts: any of them may match; undefined: the log does not say. */
export type FilterField =
  | {
      readonly type: 'text';
      /**
       * `whole`: the value is the whole text; `part`: it may stand anywhere in it; `path`: anywhere, but with a `*` it is
       * the whole path or the whole name.
       */
      readonly match: 'whole' | 'part' | 'path';
      /** All values there are, when they are few. */
      readonly values?: readonly string[];
      readonly read: (span: Span) => readonly (string | undefined)[];
    }
  | {
      readonly type: 'number';
      readonly unit: 'duration' | 'count' | 'money';
      readonly read: (span: Span) => number | undefined;
    };

const statuses = ['ok', 'error', 'running', 'unknown'];
const kinds = ['call', 'embedding', 'tool', 'agent', 'retrieval', 'chain', 'event'];

/** All fields but `tag.<name>`. */
export const filterFields: ReadonlyMap<string, FilterField> = new Map<string, FilterField>([
  ['status', { type: 'text', match: 'whole', values: statuses, read: span => [span.status] }],
  ['kind', { type: 'text', match: 'whole', values: kinds, read: span => [span.kind] }],
  ['model', { type: 'text', match: 'whole', read: span => [span.model] }],
  ['provider', { type: 'text', match: 'whole', read: span => [span.provider] }],
  ['name', { type: 'text', match: 'part', read: span => [span.name] }],
  [
    'tool',
    {
      type: 'text',
      match: 'whole',
      read: span => (span.kind === 'tool' ? [span.name] : span.toolCallNames),
    },
  ],
  ['session', { type: 'text', match: 'whole', read: span => [span.sessionId] }],
  ['user', { type: 'text', match: 'whole', read: span => [span.userId] }],
  ['trace', { type: 'text', match: 'whole', read: span => [span.traceId, span.traceKey] }],
  ['format', { type: 'text', match: 'whole', read: span => [span.format] }],
  ['file', { type: 'text', match: 'path', read: readFiles }],
  ['finish', { type: 'text', match: 'whole', read: span => [span.finishReason] }],
  ['error', { type: 'text', match: 'part', read: readError }],
  ['latency', { type: 'number', unit: 'duration', read: span => span.durationMs }],
  ['ttft', { type: 'number', unit: 'duration', read: span => span.timeToFirstTokenMs }],
  ['tokens', { type: 'number', unit: 'count', read: readTokens }],
  ['in', { type: 'number', unit: 'count', read: span => span.usage.inputTokens }],
  ['out', { type: 'number', unit: 'count', read: span => span.usage.outputTokens }],
  ['cost', { type: 'number', unit: 'money', read: span => span.cost?.usd }],
]);

const tagPrefix = 'tag.';

/** undefined: there is no such field. */
export function findFilterField(name: string): FilterField | undefined {
  if (name.startsWith(tagPrefix) && name.length > tagPrefix.length) {
    const tag = name.slice(tagPrefix.length);
    const read = (span: Span): readonly (string | undefined)[] =>
      Object.hasOwn(span.tags, tag) ? [span.tags[tag]] : [];
    return { type: 'text', match: 'whole', read };
  }
  return filterFields.get(name);
}

/** The field that was probably meant. */
export function nearestFilterField(name: string): string {
  const wanted = name.toLowerCase().slice(0, 40);
  const names = [...filterFields.keys(), 'tag.name'];
  const distances = names.map(one => ({ one, distance: editDistance(wanted, one) }));
  return distances.reduce((best, next) => (next.distance < best.distance ? next : best)).one;
}

/** Texts that a free word is looked for in. */
export function readFreeText(span: Span): readonly (string | undefined)[] {
  return [
    span.name,
    span.model,
    span.error?.message,
    span.error?.type,
    span.error?.category,
    span.requestId,
    span.traceId,
    span.spanId,
    span.sessionId,
    span.userId,
    ...span.toolCallNames,
    ...Object.entries(span.tags).flat(),
  ];
}

/** The whole path and the bare name, so that `file:llm*` finds `logs/llm.jsonl`. */
function readFiles(span: Span): readonly string[] {
  return span.sources.flatMap(({ file }) => {
    const path = file.replaceAll('\\', '/');
    return [path, path.slice(path.lastIndexOf('/') + 1)];
  });
}

function readError(span: Span): readonly (string | undefined)[] {
  const { error } = span;
  return error ? [error.type, error.category, error.message, error.status?.toString()] : [];
}

function readTokens(span: Span): number | undefined {
  const { inputTokens, outputTokens, totalTokens } = span.usage;
  return inputTokens === undefined && outputTokens === undefined
    ? totalTokens
    : (inputTokens ?? 0) + (outputTokens ?? 0);
}

/** Insertions, deletions and replacements between two short words. */
function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}
