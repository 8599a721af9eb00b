import * as z from 'zod/mini';
import { engineContract, groupBySchema } from '../../src/protocol/engineContract';
import { maxPage } from '../../src/protocol/page';
import type { Client } from '../../src/protocol/rpc';

export type EngineClient = Client<typeof engineContract>;
type Method = keyof typeof engineContract;
export type Values = Readonly<Record<string, unknown>>;

/** Something to ask the engine: by its list, so that what is new there is asked too. */
export interface Question {
  readonly method: string;
  readonly values: Values;
}

/** They change what is known, so they come last. */
const changing: readonly string[] = [
  'configure',
  'stopReading',
  'resumeReading',
  'addSource',
  'removeSource',
];
const maxPages = 3; // of a list, as many as anybody scrolls through
const filters = ['', 'status:error', '"the"', 'model:gpt*'];

/** Every method with all it can be given of these situations: each value by the name of its parameter. */
export function listQuestions(situations: readonly Values[]): readonly Question[] {
  const names = Object.keys(engineContract);
  const inOrder = [
    ...names.filter(name => !changing.includes(name)),
    ...changing.filter(name => names.includes(name)),
  ];
  return inOrder.flatMap(method => {
    const asked = new Map<string, Question>();
    for (const situation of situations) {
      const values = pick(method, situation);
      if (values !== undefined) {
        asked.set(JSON.stringify(values), { method, values });
      }
    }
    return [...asked.values()];
  });
}

function pick(method: string, situation: Values): Values | undefined {
  const { params } = engineContract[method as Method]; // it is a key of it, by `listQuestions`
  const names = params instanceof z.ZodMiniObject ? Object.keys(params.shape) : [];
  const values = Object.fromEntries(
    names.filter(name => name in situation).map(name => [name, situation[name]]),
  );
  return params.safeParse(values).success ? values : undefined;
}

/** Asks; of a list the first pages. */
export async function ask(client: EngineClient, { method, values }: Question): Promise<unknown> {
  // the values were parsed by the schema of this method
  const call = client[method as Method] as (params: unknown) => Promise<unknown>;
  const first = await call(values);
  if (changing.includes(method)) {
    // what it sets off belongs to it
    await client.whenIdle({});
  }
  if (isPage(first)) {
    for (let page = 1; page < maxPages && page * maxPage < first.total; page++) {
      await call({ ...values, start: page * maxPage, end: (page + 1) * maxPage });
    }
  }
  return first;
}

function isPage(answer: unknown): answer is { readonly total: number } {
  return typeof answer === 'object' && answer !== null && 'total' in answer && 'items' in answer;
}

/** What a person may look at in a log that was read: its largest file, trace and groups, calls at both ends, every kind of finding. */
export async function findSituations(
  client: EngineClient,
  folder: string,
): Promise<readonly Values[]> {
  const page = { start: 0, end: maxPage };
  const base = { path: folder, source: folder, folders: [folder], ...page };
  const { items: files } = await client.listFiles({ source: folder, ...page });
  const file = files.toSorted((one, other) => other.records - one.records)[0];
  const { items: traces } = await client.listTraces({ ...page });
  const trace = traces.toSorted((one, other) => other.spans - one.spans)[0];
  const { spans } = trace
    ? ((await client.getTrace({ traceKey: trace.key })) ?? { spans: [] })
    : { spans: [] };
  const categories = (await client.listFindingGroups({})).groups.map(({ category }) => category);
  const inFile = { ...base, file: file?.path };
  const grouped = await Promise.all(
    groupBySchema.options.map(async groupBy => {
      const { items: groups } = await client.listGroups({ groupBy, ...page });
      const group = groups.toSorted((one, other) => other.traces - one.traces)[0];
      return { ...base, groupBy, ...(group && { group: group.id }) };
    }),
  );
  return [
    ...filters.flatMap(filter => [
      { ...base, filter, traceKey: trace?.key },
      ...grouped.map(values => ({ ...values, filter, traceKey: trace?.key })),
    ]),
    ...[spans[0], spans[spans.length >> 1], spans.at(-1)].map(span => ({
      ...inFile,
      key: span?.key,
      line: span?.sources[0]?.line,
      message: 'rate limit reached '.repeat(spans.length).slice(0, 1_000_000),
    })),
    ...categories.map(category => ({ ...base, category })),
    { rules: {}, budget: { perDayUsd: 1, perTraceUsd: 1 } },
    { inferTraces: false },
    { mappings: [{ name: 'own', fields: { model: 'model' } }] },
    { ...inFile },
  ];
}
