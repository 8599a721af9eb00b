import { findSpan, spanKey } from '../store/spanKey';
import type { SpanStore } from '../store/spanStore';

/** What a trace is known by, in the order of their numbers in the table of traces. */
const kinds = ['trace', 'session', 'inferred', 'tree'] as const;
export type TraceKind = (typeof kinds)[number];

/** How a trace is known: by an id of the log, or by what we make of it. */
export interface TraceName {
  readonly kind: TraceKind;
  /** Number of the text behind the kind in its key; of an inferred trace the head of its first span, plus one. */
  readonly id: number;
  /** Number of the id of the session that the trace is; 0 for none. */
  readonly session: number;
}

export function kindNumber(kind: TraceKind): number {
  return kinds.indexOf(kind);
}

export function kindOfNumber(number: number): TraceKind {
  return kinds[number] ?? 'tree';
}

export function traceKey(store: SpanStore, kind: TraceKind, id: number): string {
  return `${kind}:${kind === 'inferred' ? spanKey(store, id - 1) : (store.strings.text(id) ?? '')}`;
}

/** What a key stands for; undefined when nothing is called so. */
export function parseTraceKey(
  store: SpanStore,
  key: string,
): Pick<TraceName, 'kind' | 'id'> | undefined {
  const kind = kinds.find(name => key.startsWith(`${name}:`));
  if (kind === undefined) {
    return undefined;
  }
  const rest = key.slice(kind.length + 1);
  const id = kind === 'inferred' ? (findSpan(store, rest) ?? -1) + 1 : store.strings.find(rest);
  return id === 0 ? undefined : { kind, id };
}
