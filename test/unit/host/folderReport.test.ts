import assert from 'node:assert/strict';
import { type ReportGroup, toFolderReport } from '../../../src/host/display/diagnosisDocument';
import type { ReadingState } from '../../../src/host/display/readingState';

function group(fields: Partial<ReportGroup>): ReportGroup {
  return {
    category: 'rate_limit',
    title: 'Rate limit reached',
    severity: 'error',
    isFailure: true,
    count: 2,
    models: ['gpt-4o'],
    examples: [],
    ...fields,
  };
}

const report = (groups: readonly ReportGroup[], reading?: ReadingState) =>
  toFolderReport({ groups, calls: 340, reading }, file => file);

describe('the diagnosis of a folder', () => {
  const noticed = group({
    title: 'Call without a trace id',
    severity: 'info',
    isFailure: false,
    count: 87,
  });
  const failure = group({
    message: 'Limit 30000, used ``` 29500',
    diagnosis: {
      category: 'rate_limit',
      title: 'Rate limit reached',
      explanation: 'Too many tokens.',
      fixes: ['Wait 800 ms, then retry.', 'Spread the calls.'],
      links: [],
      facts: { retry_after_s: 0.8 },
      matched: [],
      confidence: 'certain',
      retryable: true,
    },
  });

  it('names failures before what is more frequent and no failure', () => {
    const text = report([noticed, failure]);
    assert.match(text, /^# 2 errors in 340 calls\n/);
    assert.ok(text.indexOf('2 × Rate limit reached') < text.indexOf('87 × Call without'));
    assert.ok(text.indexOf('## Rate limit reached') < text.indexOf('## Call without'));
  });

  it('counts the gravest failures, and nothing that only a rule calls an error', () => {
    const rejected = group({ title: 'API key rejected', severity: 'critical', count: 5 });
    const secret = group({ title: 'Secret in the log', isFailure: false, count: 3 });
    const text = report([rejected, failure, secret]);
    assert.match(text, /^# 7 errors in 340 calls\n\n- 5 × API key rejected/);
    assert.match(text, /Noticed too, without a failure:\n\n- 3 × Secret in the log/);
  });

  it('tells the first step of each failure in its head', () => {
    const [head] = report([failure]).split('\n## ');
    assert.match(head ?? '', /- 2 × Rate limit reached · gpt-4o\n {2}First: Wait 800 ms/);
  });

  it('repeats what the provider said, as text', () => {
    assert.match(
      report([failure]),
      /### What the provider said\n\n````text\nLimit 30000, used ``` /,
    );
  });

  it('gives facts with their units', () => {
    assert.match(report([failure]), /- retry after: 0\.8 s\n/);
  });

  it('says that nothing failed', () => {
    assert.equal(report([]), '# No errors in 340 calls\n');
    assert.match(report([noticed]), /^# No errors in 340 calls\n\nNoticed, without a failure:/);
  });

  it('says when not all of the logs is read', () => {
    const reading = {
      state: 'reading',
      short: '38 % read',
      message: '38 % of 1.4 GB read',
    } as const;
    assert.match(
      report([failure], reading),
      /^# 2 errors in 340 calls\n\nNot all of the logs is read \(38 % read\): calls are missing here\.\n\n- 2 × /,
    );
  });
});
