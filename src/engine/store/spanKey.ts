import type { LogFile } from './logFile';
import type { SpanStore } from './spanStore';

const endsLikeOrdinal = /#\d+$/;

/**
 * The key of a span: its own id in the log, `#2` added for the second span that claims the same id, or its place when the
 * log has no id. An id that ends like an ordinal gets one of its own, so that no two spans share a key.
 */
export function spanKey(store: SpanStore, head: number): string {
  const identity = store.table.identities.text(head);
  if (identity === undefined) {
    const file = store.fileById(store.table.file.get(head));
    const offset = file?.recordOffset(store.table.record.get(head)) ?? 0;
    const index = store.table.index.get(head);
    return `at:${file?.name ?? ''}:${offset}${index > 0 ? `/${index}` : ''}`;
  }
  const ordinal = store.spans.ordinal(head) + 1;
  return ordinal > 1 || endsLikeOrdinal.test(identity) ? `${identity}#${ordinal}` : identity;
}

/** Head of the span with this key, if there is one. */
export function findSpan(store: SpanStore, key: string): number | undefined {
  const head = findByIdentity(store, key) ?? findByPlace(store, key);
  return head !== undefined && head >= 0 && spanKey(store, head) === key ? head : undefined;
}

function findByIdentity(store: SpanStore, key: string): number | undefined {
  const ordinalAt = key.lastIndexOf('#');
  const bare = endsLikeOrdinal.test(key) ? key.slice(0, ordinalAt) : key;
  const ordinal = bare === key ? 0 : Number(key.slice(ordinalAt + 1)) - 1;
  return store.spans.headsOf(bare)[ordinal];
}

function findByPlace(store: SpanStore, key: string): number | undefined {
  if (!key.startsWith('at:')) {
    return undefined;
  }
  const offsetAt = key.lastIndexOf(':');
  const file = store.fileByName(key.slice('at:'.length, offsetAt));
  const [offset = '', index = '0'] = key.slice(offsetAt + 1).split('/');
  const preview = file && store.preview(file.path);
  return (
    headAt(store, file, Number(offset), Number(index)) ??
    headAt(store, preview, Number(offset), Number(index))
  );
}

function headAt(
  store: SpanStore,
  file: LogFile | undefined,
  offset: number,
  index: number,
): number | undefined {
  const record = file?.recordAt(offset) ?? -1;
  if (!file || record < 0) {
    return undefined;
  }
  const row = store.rowsOfRecord(file, record).find(at => store.table.index.get(at) === index);
  return row === undefined ? undefined : store.spans.headOf(row);
}
