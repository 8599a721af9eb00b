import * as z from 'zod/mini';
import type { SpanDetail, TraceDetail } from './engineContract';
import { method } from './rpc';

const key = z.string().check(z.maxLength(4000));

/** Parts of a span that open as a read-only document. */
export const documentPartSchema = z.enum(['prompt', 'response', 'raw', 'request']);
export type DocumentPart = z.infer<typeof documentPartSchema>;

/** What the trace panel may ask of the host. No path, no command and no URL ever comes from the page. */
export const panelContract = {
  /** First question of the page: what it is about. */
  ready: method<
    Record<string, never>,
    {
      traceKey: string;
      spanKey?: string | undefined;
      /** What was looked for, to be marked. */
      words: readonly string[];
      locale: string;
    }
  >(z.object({})),
  /** `spanKey`: of a long trace, the part with this span is wanted. */
  getTrace: method<{ traceKey: string; spanKey?: string | undefined }, TraceDetail | null>(
    z.object({ traceKey: key, spanKey: z.optional(key) }),
  ),
  getSpan: method<{ key: string }, SpanDetail | null>(z.object({ key })),
  /** Opens the record in its file at its line; `index` is a position in the span's sources. */
  openSource: method<{ key: string; index: number }, null>(
    z.object({ key, index: z.int().check(z.minimum(0)) }),
  ),
  openDocument: method<{ key: string; part: DocumentPart }, null>(
    z.object({ key, part: documentPartSchema }),
  ),
  /** Shows two calls side by side in the diff editor. */
  compareWithPrevious: method<{ key: string }, null>(z.object({ key })),
  copySpan: method<{ key: string; as: 'markdown' | 'json' | 'key' }, null>(
    z.object({ key, as: z.enum(['markdown', 'json', 'key']) }),
  ),
  /** Text of one message or part that the reader asked to copy. */
  copyText: method<{ text: string }, null>(
    z.object({ text: z.string().check(z.maxLength(50_000_000)) }),
  ),
  /** Opens the link at that position of the span's diagnosis, after the host has looked it up itself. */
  openDiagnosisLink: method<{ key: string; index: number }, null>(
    z.object({ key, index: z.int().check(z.minimum(0)) }),
  ),
  diagnose: method<{ key: string }, null>(z.object({ key })),
  /** Asks the user, who sees what would be sent, and then a language model. */
  explainWithAi: method<{ key: string }, null>(z.object({ key })),
  revealInTree: method<{ traceKey: string }, null>(z.object({ traceKey: key })),
};

export type PanelEvent =
  | { readonly type: 'change'; readonly revision: number }
  | { readonly type: 'select'; readonly spanKey: string; readonly words: readonly string[] };
