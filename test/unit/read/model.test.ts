import fc from 'fast-check';
import { FollowedFolder } from './folder';
import { later, LookedAtFolder } from './lookedAt';
import { actions, assertBelieved, Writer } from './writer';

const anHourMs = 3_600_000;
/** The second cut falls right behind a value, and garbage follows it in its line. */
const cutBehindAValue: Parameters<Writer['do']>[0][] = [
  'line',
  'truncate',
  'garbage',
  'line',
  'line',
  'truncate',
  'edit',
  'garbage',
  'line',
];

describe('LogSource, whatever is done to the files', () => {
  it('believes exactly what is on disk, and accounts for every byte of it', async function () {
    this.timeout(60_000);
    await fc.assert(
      fc.asyncProperty(fc.array(actions, { minLength: 3, maxLength: 40 }), async kinds => {
        const folder = new FollowedFolder();
        try {
          const writer = new Writer(folder);
          await folder.source.start();
          for (const kind of kinds) {
            writer.do(kind);
            if (kind === 'pause') {
              await folder.source.reconcileNow();
            }
          }
          await folder.source.reconcileNow();
          assertBelieved(folder);
        } finally {
          await folder.dispose();
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('believes it without any event, when it looks only at what may have changed', async function () {
    this.timeout(60_000);
    await fc.assert(
      fc.asyncProperty(fc.array(actions, { minLength: 3, maxLength: 40 }), async kinds => {
        const folder = new LookedAtFolder();
        try {
          const writer = new Writer(folder);
          await folder.look('whole');
          for (const kind of kinds) {
            writer.do(kind);
            if (kind === 'pause') {
              await folder.look('changed');
            }
          }
          await folder.look('changed');
          assertBelieved(folder);
        } finally {
          folder.dispose();
        }
      }),
      { numRuns: 1000, examples: [[cutBehindAValue]] },
    );
  });

  it('believes it also of files that come to rest in between', async function () {
    this.timeout(60_000);
    const kinds = fc.oneof(
      { weight: 4, arbitrary: actions },
      { weight: 1, arbitrary: fc.constant('sleep' as const) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(kinds, { minLength: 3, maxLength: 30 }), async list => {
        const folder = new LookedAtFolder();
        try {
          const writer = new Writer(folder);
          await folder.look('whole');
          for (const kind of list) {
            if (kind === 'sleep') {
              // a stamp must be older than the step of the clock that it was taken by
              await new Promise(resolve => setTimeout(resolve, 30));
              await folder.look('changed');
              await later(anHourMs, () => folder.look('changed'));
            } else {
              writer.do(kind);
            }
          }
          await folder.look('changed', () => true);
          assertBelieved(folder);
        } finally {
          folder.dispose();
        }
      }),
      { numRuns: 100 },
    );
  });
});
