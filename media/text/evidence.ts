import type { Evidence } from '../../src/model/diagnostic';

/** A run of the provider's words; `marked` ones are what the diagnosis read. */
export interface EvidenceRun {
  readonly text: string;
  readonly marked: boolean;
}

/** Cuts a message at the marked places. Places that overlap or do not fit the message are left out. */
export function toEvidenceRuns(
  message: string,
  matched: readonly Evidence[],
): readonly EvidenceRun[] {
  const runs: EvidenceRun[] = [];
  let from = 0;
  for (const { start, end } of [...matched].sort((a, b) => a.start - b.start)) {
    if (start < from || end <= start || end > message.length) {
      continue;
    }
    if (start > from) {
      runs.push({ text: message.slice(from, start), marked: false });
    }
    runs.push({ text: message.slice(start, end), marked: true });
    from = end;
  }
  if (from < message.length) {
    runs.push({ text: message.slice(from), marked: false });
  }
  return runs;
}
