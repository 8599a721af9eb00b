import type { Severity } from '../model/diagnostic';
import type { CheckFinding } from './check';

const levels: Readonly<Record<Severity, string>> = {
  info: 'note',
  warning: 'warning',
  error: 'error',
  critical: 'error',
};

/** A SARIF 2.1.0 log. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export function toSarif(findings: readonly CheckFinding[], version: string): string {
  const rules = new Map(findings.map(({ rule, title, fixes }) => [rule, { title, fixes }]));
  const run = {
    tool: {
      driver: {
        name: 'Callsight',
        version,
        rules: [...rules].map(([id, { title, fixes }]) => ({
          id,
          shortDescription: { text: title },
          help: { text: fixes.join('\n') },
        })),
      },
    },
    columnKind: 'utf16CodeUnits',
    results: findings.map(toResult),
  };
  const schema = 'https://json.schemastore.org/sarif-2.1.0.json';
  return JSON.stringify({ $schema: schema, version: '2.1.0', runs: [run] }, null, 2);
}

function toResult(finding: CheckFinding): object {
  const { rule, severity, message, source, key, model, time, facts } = finding;
  return {
    ruleId: rule,
    level: levels[severity],
    message: { text: message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: toUri(source.file) },
          region: {
            startLine: source.line,
            byteOffset: source.offset,
            byteLength: source.length,
          },
        },
      },
    ],
    // tells the finding of one run from that of another, also when lines have moved
    partialFingerprints: { 'callsight/v1': `${rule}:${key}` },
    properties: { severity, key, model, time, facts },
  };
}

/** A path as a relative reference: backslashes of Windows turned, everything that means something in a URI escaped. */
function toUri(file: string): string {
  return file.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
}
