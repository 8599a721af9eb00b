import { computeStats } from '../../analysis/stats';
import type { Message } from '../../model/message';
import { messageText } from '../../model/message';
import type { Stats } from '../../model/stats';
import { isCall } from '../../model/span';
import type { EngineCore } from '../core';
import { isLog } from '../store/logFile';
import { collapse } from '../summaries/traceNames';

const shownLength = 80; // characters of the first and the last text
const maxOpened = 100; // calls that are opened to find a text

/** Figures over everything that is known. */
export function getStats(core: EngineCore): Stats {
  const files = core.store.files().filter(isLog);
  const total = (count: (file: (typeof files)[number]) => number) =>
    files.reduce((sum, file) => sum + count(file), 0);
  // in file order: sums of fractions come out like those of a script that reads the file
  const spans = [...core.spans()];
  return computeStats(spans, {
    records: total(file => file.records),
    skippedRecords: total(file => file.skipped),
    auditEntries: total(file => file.auditRows.length),
    traces: core.traces.count,
    sessions: new Set([
      ...spans.flatMap(span => span.sessionId ?? []),
      ...files.flatMap(file => [...file.sessionIds()]),
    ]).size,
    firstUserText: firstUserText(core),
    lastAssistantText: lastAssistantText(core),
    priceOf: span => span.cost?.usd,
  });
}

function firstUserText(core: EngineCore): string | null {
  const text = firstText(
    callsWith(core, row => core.store.table.hasInput(row)),
    head => core.content.read(head).content?.inputMessages.find(isFrom('user')),
  );
  return text === null ? null : [...text].slice(0, shownLength).join('');
}

function lastAssistantText(core: EngineCore): string | null {
  const text = firstText(
    callsWith(core, row => core.store.table.hasOutput(row)).toReversed(),
    head => core.content.readOwn(head).content?.outputMessages.findLast(isFrom('assistant')),
  );
  return text === null ? null : [...text].slice(-shownLength).join('');
}

/** Calls with a row of which the condition holds, in file order. */
function callsWith(core: EngineCore, condition: (row: number) => boolean): readonly number[] {
  const { spans, table } = core.store;
  return [...core.heads()].filter(
    head => isCall({ kind: table.kind(head) }) && spans.rows(head).some(condition),
  );
}

function isFrom(role: string): (message: Message) => boolean {
  return message => message.role === role && collapse(messageText(message)) !== '';
}

function firstText(
  heads: readonly number[],
  read: (head: number) => Message | undefined,
): string | null {
  for (const head of heads.slice(0, maxOpened)) {
    const message = read(head);
    if (message) {
      return collapse(messageText(message));
    }
  }
  return null;
}
