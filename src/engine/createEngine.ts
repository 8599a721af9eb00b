import { loadPrices } from '../analysis/priceBook';
import { formats as allFormats } from '../formats/index';
import type { LogFormat } from '../formats/format';
import { createMapped } from '../formats/mapped';
import type { Mapping } from '../model/mapping';
import type { EngineEvent } from '../protocol/engineContract';
import { errorBook } from '../rules/errorBook';
import { rules as allRules } from '../rules/index';
import type { Rule } from '../rules/rule';
import { ChangeTeller } from './changes';
import { EngineCore } from './core';
import type { Engine, EngineOptions } from './engine';
import { quoteText } from './filterSyntax';
import { Ingest } from './ingest';
import { IndexKeeper } from './keep/indexKeeper';
import { listKnownLogs } from './known/knownLogs';
import { AuditQueries } from './queries/auditQueries';
import { Filtering } from './queries/filtering';
import { FindingQueries } from './queries/findingQueries';
import { listMatching, searchSpans } from './queries/matchingSpans';
import { listRecords } from './queries/recordLines';
import { suggestMapping } from './queries/suggestMapping';
import { SpanQueries } from './queries/spanQueries';
import { getStats } from './queries/statsQuery';
import { TraceQueries } from './queries/traceQueries';
import { Questions } from './questions';
import { discoverLogs } from './read/discover';
import { LogSource } from './read/logSource';
import { ScanAhead } from './scan/ahead/scanAhead';
import { ContentSearch } from './search/contentSearch';
import { Sources } from './sources';
import { PreviousCalls } from './summaries/previousCalls';
import { inTimeOrder } from './summaries/traceSummary';

/** What the engine is put together from; a test gives its own. */
export interface EngineParts {
  readonly formats: readonly LogFormat[];
  readonly rules: readonly Rule[];
  /** Whether lines are read without being parsed where that comes to the same; true when absent. */
  readonly isQuick?: boolean;
  /** Instead of that with the thread of the options. */
  readonly ahead?: ScanAhead;
  /** See `QuickOptions`. */
  readonly learnAfterBytes?: number;
  /** Instead of the usual bytes of texts that nothing refers to: see `DeadTexts`. */
  readonly leastDeadBytes?: number;
}

/** The data engine in this thread. It reads nothing until a source is added. */
export function createEngine(
  options: EngineOptions = {},
  {
    formats: givenFormats,
    rules,
    isQuick = true,
    ahead: givenAhead,
    learnAfterBytes,
    leastDeadBytes,
  }: EngineParts = {
    formats: allFormats,
    rules: allRules,
  },
): Engine {
  let mappings: readonly Mapping[] = [];
  const formats = [createMapped(() => mappings), ...givenFormats];
  const listeners = new Set<(event: EngineEvent) => void>();
  const tell = (event: EngineEvent) => listeners.forEach(listener => listener(event));
  const core: EngineCore = new EngineCore(formats, path => sources.nameOf(path), {
    leastDeadBytes,
  });
  const teller: ChangeTeller = new ChangeTeller(
    () => {
      findings.wake();
      // whoever waits for the end asks then: until there nothing need be put together
      return options.final === true
        ? { revision: core.revision, traceKeys: undefined, spanKeys: undefined }
        : core.takeChanged();
    },
    change => tell({ type: 'change', change }),
  );
  const ahead =
    givenAhead ??
    // where nothing is followed, one file is read after the other
    (options.final === true && options.scanThread !== undefined
      ? new ScanAhead(options.scanThread)
      : undefined);
  const ingest = new Ingest({
    store: core.store,
    formats,
    hashRecords: options.hashRecords ?? false,
    quickStore: isQuick ? core.store : undefined,
    hasChecksums: options.final !== true,
    ahead,
    lastFormatOf: file => core.store.file(file)?.lastFormat,
    learnAfterBytes,
    onDidChange: ofFile => {
      teller.changed(ofFile);
      keeper?.changed();
    },
  });
  const sources = new Sources({
    core,
    sink: ingest,
    openSource: sourceOptions => new LogSource(sourceOptions),
    poll: options.poll,
    final: options.final,
    newestFirst: options.newestFirst,
    ahead,
    onDidChange: () => teller.changed(true),
  });
  const keeper =
    options.kept &&
    new IndexKeeper({
      ...options.kept,
      core,
      ingest,
      sources,
      formats,
      settings: () => mappings,
      onDidTakeUp: () => teller.changed(true),
      onProblem: text => tell({ type: 'log', level: 'warn', text }),
    });
  const search: ContentSearch = new ContentSearch({
    core,
    // its threads know the formats that ship, no others
    threadFile: givenFormats === allFormats ? options.searchThread : undefined,
    mappings: () => mappings,
    onNews: (term, heads) => filtering.takeNews(term, heads),
    onProblem: text => tell({ type: 'log', level: 'warn', text }),
  });
  const filtering: Filtering = new Filtering(core, search, filter =>
    tell({ type: 'search', filter }),
  );
  const previous = new PreviousCalls(core);
  const questions = new Questions();
  const findings: FindingQueries = new FindingQueries(
    core,
    rules,
    previous,
    () => teller.changed(),
    { isReading: () => sources.isReading, isAsked: () => questions.isAsked },
  );
  const traces = new TraceQueries(core, filtering);
  const spans = new SpanQueries(core, findings, previous, new AuditQueries(core));

  // costs are unknown until the list is there, which takes some milliseconds and never the network
  const pricesLoaded = options.prices === false ? Promise.resolve() : loadPrices();
  const pricesSettled = pricesLoaded.then(
    () => {
      core.forgetCosts();
      teller.changed();
    },
    (error: unknown) =>
      tell({
        type: 'log',
        level: 'error',
        text: `The price list cannot be read: ${String(error)}`,
      }),
  );

  return {
    handlers: {
      addSource: async ({ path }) => {
        keeper?.load();
        // its records may then take the place of those that were removed
        await core.clearing;
        return sources.add(path);
      },
      removeSource: async ({ path }) => {
        await sources.remove(path);
        return null;
      },
      stopReading: ({ path }) => {
        sources.stopReading(path);
        return null;
      },
      resumeReading: ({ path }) => {
        sources.resumeReading(path);
        return null;
      },
      discover: ({ path }) => discoverLogs(path, formats),
      listKnownLogs: ({ folders }) => listKnownLogs(folders),
      whenIdle: async () => {
        await sources.whenIdle();
        core.refresh();
        await core.clearing;
        return null;
      },
      configure: async ({ inferTraces, rules: configured, budget, mappings: mapped }) => {
        if (inferTraces !== undefined) {
          core.setInfers(inferTraces);
        }
        if (configured) {
          findings.configure(configured, {
            budgetPerTraceUsd: budget?.perTraceUsd,
            budgetPerDayUsd: budget?.perDayUsd,
          });
          core.markAllChanged();
        }
        if (mapped && JSON.stringify(mapped) !== JSON.stringify(mappings)) {
          mappings = mapped;
          ingest.forgetShapes();
          await sources.readAgain();
        }
        teller.changed();
        return null;
      },
      suggestMapping: ({ file }) => suggestMapping(file),
      listSources: () => sources.list(),
      listFiles: params => sources.listFiles(params),
      listSkipped: params => sources.listSkipped(params),
      listGroups: async params => {
        await filtering.ready(params.filter ?? '', params.withinMs);
        await traces.prepare(params.groupBy, params.filter);
        return traces.listGroups(params);
      },
      listTraces: async params => {
        await filtering.ready(params.filter ?? '', params.withinMs);
        if (params.group !== undefined && params.groupBy !== undefined) {
          await traces.prepare(params.groupBy, params.filter);
        }
        return traces.whenListed(params);
      },
      findPlace: async params => {
        await filtering.ready(params.filter ?? '', params.withinMs);
        await traces.prepare(params.groupBy, params.filter);
        return traces.findPlace(params);
      },
      countMatches: async ({ filter, withinMs }) => {
        await filtering.ready(filter, withinMs);
        return filtering.count(filter);
      },
      listMatches: async ({ traceKey, filter }) => {
        await filtering.ready(filter, 0);
        return traces.listMatches(traceKey, filter);
      },
      stopSearch: ({ filter }) => {
        filtering.stop(filter);
        return null;
      },
      getTrace: params => spans.getTrace(params),
      getSpan: params => spans.getSpan(params),
      findSpanAt: params => spans.findSpanAt(params),
      listFindingGroups: () => findings.listGroups(),
      settleFindings: ({ withinMs }) => findings.settle(withinMs),
      listFindings: params => findings.list(params),
      listFindingsOfFile: params => findings.listOfFile(params),
      getStats: async () => {
        await pricesSettled;
        return getStats(core);
      },
      diagnoseMessage: params => errorBook().diagnoseError(params),
    },
    noteQuestion: () => questions.note(),
    onEvent: listener => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    spans: () => inTimeOrder([...core.spans()]),
    matchingSpans: filter => listMatching(core, filtering, filter),
    search: text => searchSpans(core, filtering, quoteText(text)),
    span: key => {
      const head = core.findSpan(key);
      return head === undefined ? undefined : core.reader.read(head);
    },
    content: key => {
      const head = core.findSpan(key);
      return head === undefined ? undefined : core.content.read(head).content;
    },
    records: () => listRecords(core),
    problems: () => sources.problems(),
    findings: async () => {
      await pricesSettled;
      return findings.everything();
    },
    dispose: async () => {
      teller.dispose();
      core.dispose();
      findings.dispose();
      filtering.dispose();
      await keeper?.dispose();
      await Promise.all([search.dispose(), sources.dispose(), ahead?.dispose()]);
      listeners.clear();
    },
  };
}
