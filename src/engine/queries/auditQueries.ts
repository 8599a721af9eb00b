import type { AuditEntry } from '../../model/audit';
import type { Trace } from '../../model/trace';
import type { EngineCore } from '../core';
import { lowerBound } from '../store/lowerBound';

const beforeMs = 2000; // an app writes its audit entry before it sends the request
const maxEntries = 200; // shown with one trace

/** Finds the audit entries that a trace caused. */
export class AuditQueries {
  readonly #core: EngineCore;
  #sorted: { readonly revision: number; readonly rows: readonly number[] } | undefined;

  constructor(core: EngineCore) {
    this.#core = core;
  }

  /** Entries from just before the start to the end of the trace that name one of its models, or its user. */
  entriesOf(trace: Omit<Trace, 'name'>): readonly AuditEntry[] {
    const { startTime, durationMs = 0 } = trace;
    if (startTime === undefined) {
      return [];
    }
    const { audit } = this.#core.store;
    const rows = this.#rowsBetween(startTime - beforeMs, startTime + durationMs);
    const isOfUser = (userId: string | undefined) =>
      trace.userId === undefined || userId === undefined || userId === trace.userId;
    const named = rows.filter(row => {
      const { resource, userId } = audit.fields(row);
      return resource !== undefined && trace.models.includes(resource) && isOfUser(userId);
    });
    // what the same user did meanwhile belongs to it: the documents that were looked up for the prompt
    const users = new Set([trace.userId, ...named.map(row => audit.fields(row).userId)]);
    users.delete(undefined);
    const nearby = rows.filter(row => named.includes(row) || users.has(audit.fields(row).userId));
    return nearby.slice(0, maxEntries).map(row => this.#entry(row));
  }

  #rowsBetween(start: number, end: number): readonly number[] {
    const { audit } = this.#core.store;
    const rows = this.#rowsByTime();
    const timeAt = (at: number) => audit.timestamp(rows[at] ?? 0) ?? Number.NaN;
    const first = lowerBound(rows.length, at => timeAt(at) >= start);
    const last = lowerBound(rows.length, at => timeAt(at) > end);
    return rows.slice(first, Math.min(last, first + maxEntries));
  }

  #rowsByTime(): readonly number[] {
    const { store } = this.#core;
    if (this.#sorted?.revision !== store.revision) {
      const rows = store.files().flatMap(file => file.auditRows);
      const time = (row: number) => store.audit.timestamp(row) ?? Number.NaN;
      this.#sorted = {
        revision: store.revision,
        rows: rows
          .filter(row => store.audit.timestamp(row) !== undefined)
          .toSorted((one, other) => time(one) - time(other)),
      };
    }
    return this.#sorted.rows;
  }

  #entry(row: number): AuditEntry {
    const { store, records } = this.#core;
    const file = store.fileById(store.audit.file.get(row));
    if (!file) {
      throw new Error(`audit row ${row} belongs to no file`);
    }
    const record = store.audit.record.get(row);
    return {
      ...store.audit.fields(row),
      details: records.reopen(file, record).reading?.audit?.details,
      source: file.recordSource(record),
    };
  }
}
