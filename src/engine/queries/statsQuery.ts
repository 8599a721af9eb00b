import { StatsTally } from '../../analysis/stats';
import type { Stats } from '../../model/stats';
import { isCall } from '../../model/span';
import type { EngineCore } from '../core';
import { Slice } from '../slice';
import { rowsTogether } from '../store/columns';
import { isLog } from '../store/logFile';
import { NumberSet } from '../store/numberSet';
import { NestedCalls } from '../summaries/nestedCalls';
import { RowTally } from '../summaries/rowTally';

const shownLength = 80; // characters of the first and the last text
const maxOpened = 100; // calls that are opened to find a text

/** Figures over everything that is known. Other work has its turn meanwhile; what comes then may be in them or not. */
export async function getStats(core: EngineCore): Promise<Stats> {
  const { store, reader, membership } = core;
  const files = store.files().filter(isLog);
  const total = (count: (file: (typeof files)[number]) => number) =>
    files.reduce((sum, file) => sum + count(file), 0);
  const sessions = new NumberSet();
  files.forEach(file => file.addSessionsTo(sessions));
  const nested = new NestedCalls(store, membership, reader).all();
  const tally = new StatsTally();
  const rows = new RowTally(store, reader, nested, tally, sessions);
  // in file order: sums of fractions come out like those of a script that reads the file
  const slice = new Slice();
  for (const file of store.files()) {
    for (let at = 0; at < file.rows.length;) {
      const count = file.rows.runAt(at, rowsTogether);
      rows.add(file.rows.at(at), count);
      at += count;
      if (slice.isOver) {
        await slice.rest();
      }
    }
  }
  return tally.toStats({
    records: total(file => file.records),
    skippedRecords: total(file => file.skipped),
    auditEntries: total(file => file.auditRows.length),
    traces: core.traces.count,
    sessions: sessions.size,
    firstUserText: firstUserText(core),
    lastAssistantText: lastAssistantText(core),
  });
}

function firstUserText(core: EngineCore): string | null {
  if (!core.store.table.mayHave(words => words.hasInput)) {
    return null;
  }
  const text = firstText(
    core,
    core.heads(),
    row => core.store.table.hasInput(row),
    head => core.texts.firstOfUser(head),
  );
  return text === null ? null : [...text].slice(0, shownLength).join('');
}

function lastAssistantText(core: EngineCore): string | null {
  if (!core.store.table.mayHave(words => words.hasOutput)) {
    return null;
  }
  const text = firstText(
    core,
    core.headsBackwards(),
    row => core.store.table.hasOutput(row),
    head => core.texts.lastOfAssistant(head),
  );
  return text === null ? null : [...text].slice(-shownLength).join('');
}

/** Looks into the first calls with a row of which the condition holds. */
function firstText(
  { store: { spans, table } }: EngineCore,
  heads: Iterable<number>,
  condition: (row: number) => boolean,
  read: (head: number) => string | undefined,
): string | null {
  let opened = 0;
  for (const head of heads) {
    const isMet = spans.isOneRow(head) ? condition(head) : spans.rows(head).some(condition);
    if (!isMet || !isCall(table.words(head))) {
      continue;
    }
    const text = read(head);
    if (text !== undefined) {
      return text;
    }
    if (++opened >= maxOpened) {
      return null;
    }
  }
  return null;
}
