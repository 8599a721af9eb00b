import { positionLabel } from '../model/source';
import type { CheckFinding } from './check';

/** A JUnit report: a test suite a file, a failed test case a finding; a passed one when there is nothing to find. */
export function toJunit(findings: readonly CheckFinding[]): string {
  const files = new Map<string, CheckFinding[]>();
  for (const finding of findings) {
    const list = files.get(finding.source.file) ?? [];
    files.set(finding.source.file, list);
    list.push(finding);
  }
  const count = findings.length;
  const suites = [...files].map(([file, list]) => toSuite(file, list.length, list.map(toCase)));
  const clean = toSuite('logs', 0, [`    <testcase name="no findings" classname="callsight"/>`]);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="callsight" tests="${Math.max(1, count)}" failures="${count}">`,
    ...(suites.length > 0 ? suites : [clean]),
    '</testsuites>',
  ].join('\n');
}

function toSuite(name: string, failures: number, cases: readonly string[]): string {
  const head = `  <testsuite name="${escapeXml(name)}" tests="${cases.length}" failures="${failures}">`;
  return [head, ...cases, '  </testsuite>'].join('\n');
}

function toCase({ rule, severity, title, message, fixes, source, key }: CheckFinding): string {
  const body = [
    `${source.file}${positionLabel(source)}`,
    message,
    ...fixes.map(fix => `- ${fix}`),
  ].join('\n');
  return [
    `    <testcase name="${escapeXml(key)}" classname="${escapeXml(rule)}">`,
    `      <failure type="${severity}" message="${escapeXml(title)}">${escapeXml(body)}</failure>`,
    '    </testcase>',
  ].join('\n');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Characters that XML 1.0 cannot hold at all become U+FFFD: one of them would make the whole report unreadable. */
function escapeXml(text: string): string {
  return text
    .replaceAll(/\p{Surrogate}/gu, '\ufffd')
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replaceAll(/[&<>"]/g, character => entities[character] ?? character);
}
