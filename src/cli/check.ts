import fs from 'node:fs';
import path from 'node:path';
import type { Severity } from '../model/diagnostic';
import { type SourceRef, positionLabel } from '../model/source';
import type { Finding } from '../protocol/engineContract';
import type { Command, Invocation } from './command';
import { showCount, showText, toIso } from './display';
import { UsageError } from './io';
import { toJunit } from './junit';
import { withLogs } from './openLogs';
import { toSarif } from './sarif';
import { printTable } from './table';

/** From the least to the most. */
const severities: readonly Severity[] = ['info', 'warning', 'error', 'critical'];

/** A finding as it is printed, its file named as the person named it. */
export interface CheckFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly title: string;
  readonly message: string;
  readonly fixes: readonly string[];
  readonly links: readonly { readonly title: string; readonly url: string }[];
  readonly facts: Readonly<Record<string, string | number>>;
  readonly key: string;
  readonly model: string | null;
  /** ISO. */
  readonly time: string | null;
  readonly source: SourceRef;
}

const reports = { sarif: toSarif, junit: toJunit } as const;

export const check: Command = {
  name: 'check',
  usage:
    'check PATH… [--fail-on SEVERITY] [--show SEVERITY] [--sarif FILE] [--junit FILE] [--json]',
  summary: 'lists what is wrong in the logs, and exits with 1 when there is anything of weight',
  details: [
    '--fail-on SEVERITY  info, warning, error, critical or never; error when it is not said',
    '--show SEVERITY     leaves out what is below; info when it is not said',
    '--sarif FILE        also writes SARIF 2.1.0, which code hosts show beside the code; - is stdout',
    '--junit FILE        also writes a JUnit report, which most CI servers show; - is stdout',
  ],
  options: {
    'fail-on': { type: 'string' },
    show: { type: 'string' },
    sarif: { type: 'string' },
    junit: { type: 'string' },
  },
  async run(invocation) {
    const failOn = toSeverity(invocation, 'fail-on', 'error');
    const shownFrom = toSeverity(invocation, 'show', 'info');
    const isReportOnStdout = reportNames().some(name => invocation.option(name) === '-');
    return await withLogs(invocation, { prices: true, final: true }, async ({ engine, nameOf }) => {
      const findings = [...(await engine.findings())]
        .map(finding => toCheckFinding(finding, nameOf))
        .filter(({ severity }) => weight(severity) >= weight(shownFrom))
        .toSorted((one, other) => weight(other.severity) - weight(one.severity));
      for (const name of reportNames()) {
        await report(invocation, name, findings);
      }
      if (!isReportOnStdout) {
        await print(invocation, findings);
      }
      const isFailed = findings.some(({ severity }) => weight(severity) >= weight(failOn));
      return isFailed ? 1 : 0;
    });
  },
};

function reportNames(): readonly (keyof typeof reports)[] {
  return ['sarif', 'junit'];
}

/** `never` is heavier than everything. */
function weight(severity: Severity | 'never'): number {
  return severity === 'never' ? Number.POSITIVE_INFINITY : severities.indexOf(severity);
}

function toSeverity(
  invocation: Invocation,
  option: 'fail-on' | 'show',
  preset: Severity,
): Severity | 'never' {
  const given = invocation.option(option) ?? preset;
  const known = severities.find(severity => severity === given);
  if (known === undefined && !(given === 'never' && option === 'fail-on')) {
    const never = option === 'fail-on' ? ', never' : '';
    throw new UsageError(`--${option} is one of ${severities.join(', ')}${never}`);
  }
  return known ?? 'never';
}

function toCheckFinding(finding: Finding, nameOf: (file: string) => string): CheckFinding {
  const { diagnostic, spanKey, model, time, source } = finding;
  const { ruleId, severity, title, message, fixes, links, facts } = diagnostic;
  return {
    rule: ruleId,
    severity,
    title,
    message,
    fixes,
    links,
    facts,
    key: spanKey,
    model: model ?? null,
    time: toIso(time),
    source: { ...source, file: nameOf(source.file) },
  };
}

async function report(
  invocation: Invocation,
  name: keyof typeof reports,
  findings: readonly CheckFinding[],
): Promise<void> {
  const { io, out } = invocation;
  const target = invocation.option(name);
  if (target === undefined) {
    return;
  }
  const text = reports[name](findings, io.readVersion());
  if (target === '-') {
    await out.printText(text);
    return;
  }
  try {
    await fs.promises.writeFile(path.resolve(io.cwd, target), `${text}\n`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`cannot write ${target}: ${reason}`, { cause: error });
  }
}

async function print({ out, json }: Invocation, findings: readonly CheckFinding[]): Promise<void> {
  if (json) {
    for (const finding of findings) {
      await out.printJson(finding);
    }
    return;
  }
  if (findings.length > 0) {
    await printTable(out, columns, findings.map(toRow));
  }
  const counts = severities
    .toReversed()
    .map(severity => [findings.filter(one => one.severity === severity).length, severity] as const)
    .filter(([count]) => count > 0)
    .map(([count, severity]) => `${count} ${severity}`);
  const summary = counts.length === 0 ? '' : `: ${counts.join(', ')}`;
  await out.printText(
    `${findings.length > 0 ? '\n' : ''}${showCount(findings.length, 'finding')}${summary}`,
  );
}

const columns = [
  { title: 'SEVERITY' },
  { title: 'RULE' },
  { title: 'FINDING' },
  { title: 'MODEL' },
  { title: 'PLACE' },
  { title: 'KEY' },
] as const;

function toRow({ severity, rule, message, model, source, key }: CheckFinding): string[] {
  return [severity, rule, message, showText(model), `${source.file}${positionLabel(source)}`, key];
}
