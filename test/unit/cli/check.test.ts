import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { callsight, toObjects } from './callsight';

const cut = 'test/fixtures/findings/output-truncated/fires.jsonl';
const fine = 'test/fixtures/findings/output-truncated/silent.jsonl';

describe('callsight check', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'callsight-check-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('exits with 1 when there is a finding of the severity that is asked for, else with 0', async () => {
    assert.equal((await callsight(['check', cut])).code, 0);
    assert.equal((await callsight(['check', cut, '--fail-on', 'warning'])).code, 1);
    assert.equal((await callsight(['check', cut, '--fail-on', 'never'])).code, 0);
    const { code, stdout } = await callsight(['check', fine, '--fail-on', 'info']);
    assert.equal(code, 0);
    assert.equal(stdout, '0 findings\n');
  });

  it('prints a line a finding, the gravest first, and failed calls among them', async () => {
    const { code, stdout } = await callsight(['check', 'test/fixtures/seed-app', '--json']);
    assert.equal(code, 1);
    const findings = toObjects(stdout);
    assert.ok(findings.length >= 19);
    assert.equal(findings.filter(({ severity }) => severity === 'info').at(-1), findings.at(-1));
    const [first] = findings;
    assert.deepEqual(Object.keys(first ?? {}), [
      'rule',
      'severity',
      'title',
      'message',
      'fixes',
      'links',
      'facts',
      'key',
      'model',
      'time',
      'source',
    ]);
  });

  it('leaves out what is lighter than asked for', async () => {
    const { stdout } = await callsight(['check', cut, '--show', 'error', '--json']);
    assert.equal(stdout, '');
  });

  it('writes SARIF with the place in the file and a fingerprint', async () => {
    const file = path.join(folder, 'report.sarif');
    await callsight(['check', cut, '--sarif', file]);
    const { version, runs } = JSON.parse(readFileSync(file, 'utf8'));
    assert.equal(version, '2.1.0');
    const [result] = runs[0].results;
    assert.equal(result.ruleId, 'output-truncated');
    assert.equal(result.level, 'warning');
    assert.deepEqual(
      runs[0].tool.driver.rules.map((rule: { id: string }) => rule.id),
      ['output-truncated'],
    );
    const { artifactLocation, region } = result.locations[0].physicalLocation;
    assert.equal(artifactLocation.uri, 'fires.jsonl');
    assert.equal(region.startLine, 1);
    assert.equal(region.byteOffset, 0);
    assert.match(result.partialFingerprints['callsight/v1'], /^output-truncated:request:/);
  });

  it('writes JUnit that is XML whatever the log says', async () => {
    const log = path.join(folder, 'a&b.jsonl');
    const [line = ''] = readFileSync(cut, 'utf8').split('\n');
    const call = { ...JSON.parse(line), request_id: '<"&>\u0000\ud800' };
    writeFileSync(log, `${JSON.stringify(call)}\n`);
    const { stdout } = await callsight(['check', log, '--junit', '-']);
    assert.match(stdout, /<testsuite name="a&amp;b\.jsonl" tests="1" failures="1">/);
    assert.match(
      stdout,
      /<testcase name="request:&lt;&quot;&amp;&gt;\ufffd\ufffd" classname="output-truncated">/,
    );
    assert.doesNotMatch(stdout, /[\u0000\ud800]/);
  });

  it('says what is wrong with its options and where it cannot write', async () => {
    const unknown = await callsight(['check', cut, '--fail-on', 'bad']);
    assert.equal(unknown.code, 2);
    assert.match(unknown.stderr, /--fail-on is one of info, warning, error, critical, never/);
    const nowhere = await callsight(['check', cut, '--sarif', path.join(folder, 'no', 'where')]);
    assert.equal(nowhere.code, 2);
    assert.match(nowhere.stderr, /cannot write .*where/);
  });
});
