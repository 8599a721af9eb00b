import type { Message, SpanContent } from '../model/message';
import type { Mapping } from '../model/mapping';
import type { SpanPatch } from '../model/span';
import { readCall } from './fields/call';
import { callFieldsOf } from './fields/callFields';
import { atPath, canonicalFields } from './fields/mapping';
import { type Fields, isFields } from './fields/values';
import type { JsonFormat } from './format';
import { ownFields } from './recordingHints';

/** Logs whose fields somebody has named in a mapping; asked before all other formats, because people know their own logs. */
export function createMapped(mappings: () => readonly Mapping[]): JsonFormat {
  const mappingOf = (record: unknown): Mapping | undefined =>
    isFields(record) ? mappings().find(mapping => fits(record, mapping)) : undefined;
  return {
    id: 'mapped',
    title: 'Mapped fields',
    docs: {
      writtenBy: 'Any code, read by a mapping (`callsight.mappings`, `--map`)',
      recognisedBy: 'The fields that the mapping wants',
      notes: 'What the mapping does not name is read by its usual names.',
    },
    recordingHint: ownFields,
    container: 'json',
    first: true,
    matches: record => mappingOf(record) !== undefined,
    read: record => {
      const mapping = mappingOf(record);
      return { spans: mapping && isFields(record) ? [readMapped(record, mapping)] : [] };
    },
  };
}

function fits(record: Fields, { match, fields }: Mapping): boolean {
  const telling = [fields.prompt, fields.response, fields.model].filter(path => path !== undefined);
  const all = Object.values(fields);
  const named = match?.length ? match : telling.length > 0 ? telling : all;
  return (
    named.length > 0 &&
    named.every(path => path === undefined || atPath(record, path) !== undefined)
  );
}

/** What is mapped as mapped; the rest by its usual names. */
function readMapped(record: Fields, { fields }: Mapping): SpanPatch {
  const usual = readCall(callFieldsOf(record));
  const isTimed = fields.time ?? fields.startTime ?? fields.endTime;
  const written =
    usual.startTime === undefined ? undefined : usual.startTime + (usual.durationMs ?? 0);
  const own = readCall(canonicalFields(record, fields), {
    time: isTimed === undefined ? written : undefined,
  });
  const hasError = fields.error !== undefined;
  const error = hasError ? own.error : usual.error;
  return {
    ...usual,
    ...known(own),
    part: 'whole',
    kind: own.kind === 'embedding' || usual.kind === 'embedding' ? 'embedding' : 'call',
    name: fields.name === undefined ? usual.name : own.name,
    status: error === undefined ? 'ok' : 'error',
    error,
    hasInput: own.hasInput || usual.hasInput,
    hasOutput: own.hasOutput || usual.hasOutput,
    content: () => joined(own.content?.(), usual.content?.()),
  };
}

/** Only what the mapped fields say. */
function known(patch: SpanPatch): Partial<SpanPatch> {
  const entries = Object.entries(patch).filter(([, value]) => value !== undefined);
  // the keys are those of a patch
  return Object.fromEntries(entries) as Partial<SpanPatch>;
}

function joined(own: SpanContent | undefined, usual: SpanContent | undefined): SpanContent {
  const messages = (read: (content: SpanContent) => readonly Message[]): readonly Message[] =>
    [own, usual].map(content => (content ? read(content) : [])).find(list => list.length > 0) ?? [];
  return {
    inputMessages: messages(content => content.inputMessages),
    outputMessages: messages(content => content.outputMessages),
    tools: usual?.tools ?? [],
    params: usual?.params ?? {},
  };
}
