import { type Fields, isFields, toCount } from '../fields/values';

/** Levels of a message or a tool's arguments that are looked through. */
const maxDepth = 12;
const reference = /^(?:attachment|tc):\/\/([0-9a-f]{1,64})$/;

/** Long texts of a sample stand in its `attachments`, and a reference where they were. Puts the texts back. */
export function withAttachments(value: unknown, attachments: unknown, depth = 0): unknown {
  if (typeof value === 'string') {
    const hash = value.length < 100 ? reference.exec(value)?.[1] : undefined;
    const text = hash !== undefined && isFields(attachments) ? attachments[hash] : undefined;
    return typeof text === 'string' ? text : value;
  }
  if (depth > maxDepth) {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map(item => withAttachments(item, attachments, depth + 1));
  }
  if (!isFields(value)) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      withAttachments(item, attachments, depth + 1),
    ]),
  );
}

/**
 * The input of a call: its own messages, or ranges `[start, end)` of the sample's pool.
 * https://github.com/UKGovernmentBEIS/inspect_ai/blob/main/src/inspect_ai/log/_pool.py
 */
export function inputOf(event: Fields, sample: Fields): readonly unknown[] {
  const { input, input_refs: refs } = event;
  if (Array.isArray(input) && input.length > 0) {
    return input;
  }
  const data = isFields(sample['events_data']) ? sample['events_data'] : {};
  const pool = sample['message_pool'] ?? data['messages'];
  if (!Array.isArray(refs) || !Array.isArray(pool)) {
    return Array.isArray(input) ? input : [];
  }
  return refs.flatMap(range => {
    const [first, last] = Array.isArray(range) ? range : [range, undefined];
    const start = toCount(first);
    return start === undefined ? [] : pool.slice(start, toCount(last) ?? start + 1);
  });
}
