import { cutText, isFields, ownKeys, type Fields } from './values';

/** Tags and characters of a tag that are kept for every span. */
const maxTags = 40;
const maxTagLength = 200;
/** Kept in fields of their own. */
const ownFields = new Set([
  'trace_id',
  'span_id',
  'parent_span_id',
  'session_id',
  'conversation_id',
  'user_id',
  'model',
]);

/** Short values of `tags` and `metadata`, to filter by. A list of tags becomes one value. */
export function readTags(fields: Fields): Readonly<Record<string, string>> | undefined {
  const entries = [...tagEntries(fields['metadata']), ...tagEntries(fields['tags'])].slice(
    0,
    maxTags,
  );
  return entries.length === 0 ? undefined : ownKeys(entries);
}

function tagEntries(value: unknown): readonly (readonly [string, string])[] {
  if (Array.isArray(value)) {
    const names = value.filter(item => typeof item === 'string').slice(0, maxTags);
    return names.length === 0 ? [] : [['tags', cutText(names.join(', '), maxTagLength)]];
  }
  if (!isFields(value)) {
    return [];
  }
  return Object.entries(value).flatMap(([key, tag]) => {
    const isShort = typeof tag === 'number' || typeof tag === 'boolean' || typeof tag === 'string';
    const text = isShort ? String(tag) : '';
    const isTag =
      text !== '' &&
      text.length <= maxTagLength &&
      key.length <= maxTagLength &&
      !ownFields.has(key);
    return isTag ? [[key, text] as const] : [];
  });
}
