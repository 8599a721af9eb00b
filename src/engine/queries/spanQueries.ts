import { measurePrompt } from '../../analysis/promptSize';
import type { Steps } from '../../analysis/steps';
import type { ErrorDiagnosis } from '../../model/diagnostic';
import type { Message } from '../../model/message';
import { isCall, type Span } from '../../model/span';
import type { RawRecord, SpanDetail, TraceDetail } from '../../protocol/engineContract';
import { chainsOf } from '../../rules/chainsOf';
import { isAboutSize, nameCulprit } from '../../rules/errors/culprit';
import { recallDiagnosis } from '../../rules/recallDiagnosis';
import type { EngineCore } from '../core';
import { manySpans } from '../findings/traceCheck';
import type { TraceGroup } from '../grouping/traceGroup';
import { inSlices, Slice } from '../slice';
import type { LogFile } from '../store/logFile';
import { spanKey } from '../store/spanKey';
import type { PreviousCalls } from '../summaries/previousCalls';
import type { AuditQueries } from './auditQueries';
import type { FindingQueries } from './findingQueries';
import { spansAround } from './spansAround';

const maxTraceSpans = 5000; // given out at a time, without those that they are in
const maxRawRecords = 50; // shown of one span

interface WantedTrace {
  readonly traceKey: string;
  /** Of a long trace, the part with this span is wanted. */
  readonly spanKey?: string | undefined;
}

/** Everything about one span or one trace. */
export class SpanQueries {
  readonly #core: EngineCore;
  readonly #findings: FindingQueries;
  readonly #previous: PreviousCalls;
  readonly #audit: AuditQueries;

  constructor(
    core: EngineCore,
    findings: FindingQueries,
    previous: PreviousCalls,
    audit: AuditQueries,
  ) {
    this.#core = core;
    this.#previous = previous;
    this.#findings = findings;
    this.#audit = audit;
  }

  /** As soon as that is the work of a moment. */
  async getTrace({ traceKey, spanKey: wanted }: WantedTrace): Promise<TraceDetail | null> {
    const group = this.#core.trace(traceKey);
    const groups = group ? [group] : [];
    await this.#core.traces.whenListed(groups, () => {});
    return this.#core.traces.whenRead(groups, () => this.#traceOf(traceKey, wanted));
  }

  #traceOf(traceKey: string, wanted: string | undefined): TraceDetail | null {
    const group = this.#core.trace(traceKey);
    if (!group) {
      return null;
    }
    const list = this.#core.traces;
    const trace = list.traceOf(group);
    const part =
      wanted === undefined || group.heads.size <= maxTraceSpans
        ? { spans: list.firstSpansOf(group, maxTraceSpans), before: 0 }
        : spansAround(list.bareSpansOf(group), wanted, maxTraceSpans);
    return { trace, ...part, audit: this.#audit.entriesOf(trace) };
  }

  /** The same of a span. */
  async getSpan({ key }: { readonly key: string }): Promise<SpanDetail | null> {
    const head = this.#core.findSpan(key);
    const group = head === undefined ? undefined : this.#core.traceOfSpan(head);
    if (head === undefined || !group || group.heads.size < manySpans) {
      return this.#spanOf(key);
    }
    const { traces } = this.#core;
    const preparing = await traces.whenRead([group], () => this.#preparing(key, group));
    await inSlices(preparing, new Slice(), () => this.#core.refresh());
    return traces.whenRead([group], () => this.#spanOf(key));
  }

  /** What is worked out of a whole trace for a span, as long as it stays the same trace. */
  *#preparing(key: string, group: TraceGroup): Steps {
    const { version } = group;
    const head = this.#core.findSpan(key);
    if (head === undefined) {
      return;
    }
    const traceSpans = this.#core.traces.bareSpansOf(group);
    chainsOf(traceSpans);
    yield;
    const span = this.#core.reader.read(head);
    for (const _ of this.#findings.preparing(head, span, traceSpans)) {
      yield;
      if (group.version !== version) {
        return;
      }
    }
  }

  #spanOf(key: string): SpanDetail | null {
    const head = this.#core.findSpan(key);
    return head === undefined ? null : this.#core.records.together(() => this.#detailOf(head));
  }

  #detailOf(head: number): SpanDetail {
    const { reader, content, formats } = this.#core;
    const span = reader.read(head);
    const read = content.read(head);
    const priced = reader.priceOf(head);
    const diagnosis = this.#diagnose(head, span);
    const requested = diagnosis?.facts['requested'];
    const tokens = typeof requested === 'number' ? requested : span.usage.inputTokens;
    const prompt = isCall(span) && read.content ? measurePrompt(read.content, tokens) : undefined;
    const group = this.#core.traceOfSpan(head);
    const traceSpans = group ? this.#core.traces.bareSpansOf(group) : [];
    const previous = this.#previous.of(head);
    const resent =
      read.resent ??
      (previous !== undefined && read.content
        ? commonStart(
            read.content.inputMessages,
            content.read(previous).content?.inputMessages ?? [],
          )
        : 0);
    return {
      span,
      content: read.content,
      contentProblem: read.content ? undefined : read.problem,
      recordingHint:
        span.hasInput && span.hasOutput
          ? undefined
          : formats.find(format => format.id === span.format)?.recordingHint,
      cost: priced.cost,
      costUnknown: priced.unknown,
      diagnosis: diagnosis && prompt ? nameCulprit(diagnosis, prompt) : diagnosis,
      attempts: attemptsOf(span, traceSpans),
      prompt,
      isPromptTooLarge: diagnosis !== undefined && isAboutSize(diagnosis),
      findings: this.#findings.ofSpan(head, span, traceSpans),
      raw: this.#rawRecords(head),
      resentMessages: resent,
      previousKey: previous === undefined ? undefined : spanKey(this.#core.store, previous),
    };
  }

  findSpanAt({ file, line }: { readonly file: string; readonly line: number }): Span | null {
    const { reader, store } = this.#core;
    const logFile = store.file(file);
    const record = logFile?.recordBeforeLine(line) ?? -1;
    if (!logFile || record < 0 || !this.#covers(logFile, record, line)) {
      return null;
    }
    const row = store.rowsOfRecord(logFile, record)[0];
    return row === undefined ? null : reader.read(store.spans.headOf(row));
  }

  /** Where a record ends is not kept: its line breaks are counted. */
  #covers(file: LogFile, record: number, line: number): boolean {
    const first = file.recordSource(record).line;
    const breaks = () => this.#core.records.raw(file, record).text.split('\n').length - 1;
    return first !== undefined && (line === first || line <= first + breaks());
  }

  /** With the whole message: memory holds only its beginning. */
  #diagnose(head: number, span: Span): ErrorDiagnosis | undefined {
    if (span.status !== 'error' && !span.error) {
      return undefined;
    }
    const { store, content } = this.#core;
    const row = store.spans.rows(head).find(at => store.table.error(at) !== undefined);
    const whole = row === undefined ? undefined : content.patchOf(row).patch?.error;
    const { provider, model } = span;
    const isOfTool = span.kind === 'tool';
    return recallDiagnosis({
      message: '',
      ...span.error,
      ...whole,
      provider,
      model,
      isOfTool,
    });
  }

  #rawRecords(head: number): readonly RawRecord[] {
    const { store, records } = this.#core;
    const raw: RawRecord[] = [];
    let before: string | undefined;
    for (const row of store.spans.rows(head)) {
      const file = store.fileById(store.table.file.get(row));
      const record = store.table.record.get(row);
      const place = `${file?.id}:${record}`;
      if (file && place !== before && raw.length < maxRawRecords) {
        raw.push(records.raw(file, record));
      }
      before = place;
    }
    return raw;
  }
}

/** Keys of the attempts of the request that the span is one of. */
function attemptsOf({ key }: Span, traceSpans: readonly Span[]): readonly string[] {
  const chains = chainsOf(traceSpans).map(({ attempts, fallback }) =>
    [...attempts, ...(fallback ? [fallback] : [])].map(span => span.key),
  );
  return chains.find(keys => keys.includes(key)) ?? [];
}

/** Number of leading messages that are the same. */
function commonStart(one: readonly Message[], other: readonly Message[]): number {
  const differs = one.findIndex(
    (message, at) => JSON.stringify(message) !== JSON.stringify(other[at]),
  );
  return differs < 0 ? one.length : differs;
}
