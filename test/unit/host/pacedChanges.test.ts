import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { PacedChanges } from '../../../src/host/trees/pacedChanges';

describe('changes of a view', () => {
  let told: string[];
  let changes: PacedChanges<string>;

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
    told = [];
    changes = new PacedChanges<string>({
      rows: rows => told.push(`rows: ${rows?.join() ?? 'all'}`),
      message: text => told.push(`message: ${text}`),
    });
  });
  afterEach(() => {
    changes.dispose();
    mock.timers.reset();
  });

  it('are told at once, and those that come soon after together, once VS Code takes them at once', () => {
    changes.redraw(['a']);
    assert.deepEqual(told, ['rows: a']);
    changes.redraw(['b']);
    changes.redraw(['b', 'c']);
    changes.show('12 %');
    mock.timers.tick(200);
    assert.deepEqual(told, ['rows: a']);
    mock.timers.tick(10);
    assert.deepEqual(told, ['rows: a', 'rows: b,c', 'message: 12 %']);
  });

  it('are waited for by who needs the rows that they bring', async () => {
    await changes.whenTold();
    changes.redraw(['a']);
    await changes.whenTold();
    changes.redraw(['b']);
    let isTold = false;
    const waiting = changes.whenTold().then(() => (isTold = true));
    await Promise.resolve();
    assert.equal(isTold, false);
    mock.timers.tick(210);
    await waiting;
    assert.deepEqual(told, ['rows: a', 'rows: b']);
  });

  it('keep their pace when more come without end', () => {
    for (let ms = 0; ms <= 2100; ms += 10) {
      changes.redraw([`${ms}`]);
      mock.timers.tick(10);
    }
    assert.equal(told.length, 11);
  });

  it('of all rows stand for any of them', () => {
    changes.redraw(undefined);
    changes.redraw(['a']);
    changes.redraw(undefined);
    changes.redraw(['b']);
    mock.timers.tick(210);
    assert.deepEqual(told, ['rows: all', 'rows: all']);
  });

  it('that change nothing are not told: they would hold up those that come next', () => {
    changes.show('');
    changes.redraw([]);
    changes.redraw(['a']);
    changes.show('searching');
    changes.show('');
    mock.timers.tick(210);
    assert.deepEqual(told, ['rows: a']);
  });
});
