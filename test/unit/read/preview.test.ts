import assert from 'node:assert/strict';
import fs from 'node:fs';
import fc from 'fast-check';
import { diskAccess, type FileAccess } from '../../../src/engine/read/fileAccess';
import { lines } from './folder';
import { TailedFile } from './tailOf';
import { testFormats } from './testFormats';

function numbers(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}

describe('The end of a long file', () => {
  let file: TailedFile;
  beforeEach(() => {
    file = new TailedFile();
  });
  afterEach(() => file.dispose());

  function append(text: string): void {
    fs.appendFileSync(file.path, text);
  }

  /** The first window and the end: a little of it in the first turn, more in the next one. */
  function lookAtEnds(): void {
    file.tail.look();
    file.tail.look();
  }

  /** 300 lines of 11 bytes, of which the first window and the end were looked at. */
  function begin(): void {
    append(lines(...numbers(100, 400)));
    lookAtEnds();
  }

  it('is a glimpse of some lines first, and more of them in the next turn', () => {
    append(lines(...numbers(100, 400)));
    file.tail.look();
    assert.deepEqual(file.ids(), { read: numbers(100, 105), shown: numbers(390, 400) });
    assert.deepEqual(file.faults(), []);
    append(lines(400));
    file.tail.look();
    assert.deepEqual(file.ids(), { read: numbers(100, 105), shown: numbers(383, 401) });
    assert.deepEqual(file.faults(), []);
  });

  it('is more than a glimpse of a file whose reading was stopped at once', () => {
    append(lines(...numbers(100, 400)));
    file.tail.look();
    file.tail.stop();
    assert.equal(file.lookOn(), 'onChange');
    assert.deepEqual(file.ids(), { read: numbers(100, 105), shown: numbers(382, 400) });
  });

  it('is shown before the rest is read, each record once, and every byte is accounted for all the while', () => {
    begin();
    assert.deepEqual(file.ids(), { read: numbers(100, 105), shown: numbers(382, 400) });
    for (let next = file.tail.look(); next === 'now'; next = file.tail.look()) {
      assert.deepEqual(file.faults(), []);
      assert.equal(file.ids().shown.length === 0, file.ids().read.length === 300);
    }
    assert.deepEqual(file.ids(), { read: numbers(100, 400), shown: [] });
    assert.deepEqual(file.faults(), []);
  });

  it('grows with what is appended, and is only the newest part of it when that is much', () => {
    begin();
    append(lines(400, 401));
    file.tail.look();
    assert.deepEqual(file.ids().shown, numbers(382, 402));
    append(lines(...numbers(402, 440)));
    file.tail.look();
    assert.deepEqual(file.ids().shown, []);
    file.tail.look();
    assert.deepEqual(file.ids().shown, numbers(422, 440));
    file.lookOn();
    assert.deepEqual(file.ids(), { read: numbers(100, 440), shown: [] });
  });

  it('shows a line only when it is whole', () => {
    append(`${lines(...numbers(100, 400))}{"id":`);
    lookAtEnds();
    assert.deepEqual(file.ids().shown, numbers(383, 400));
    append('400}\n');
    file.tail.look();
    assert.deepEqual(file.ids().shown, numbers(383, 401));
  });

  it('is what is on disk now when it is edited in place', () => {
    append(`${lines(...numbers(100, 400))}{"id":`);
    lookAtEnds();
    const text = fs.readFileSync(file.path, 'utf8');
    for (const id of [383, 399]) {
      fs.writeFileSync(file.path, text.replace(`"id":${id}`, '"id":999'));
      file.tail.look();
      file.tail.look();
      const shown = numbers(383, 400).map(other => (other === id ? 999 : other));
      assert.deepEqual(file.ids().shown, shown);
      assert.deepEqual(file.faults(), []);
    }
  });

  it('goes with the file', () => {
    begin();
    fs.truncateSync(file.path, 33);
    file.lookOn();
    assert.deepEqual(file.ids(), { read: numbers(100, 103), shown: [] });
    append(lines(...numbers(103, 400)));
    file.tail.look();
    assert.equal(file.ids().shown.length, 18);
    file.tail.leave();
    assert.deepEqual(file.ids(), { read: [], shown: [] });
  });

  it('comes to an end when the file is cut in the moment in which it is read in order', () => {
    file.dispose();
    let cutAt = Infinity;
    let reads = 0;
    let mostReads = 0;
    const access: FileAccess = {
      ...diskAccess,
      open: path => {
        const opened = diskAccess.open(path);
        return {
          ...opened,
          read: (target, length, offset) => {
            mostReads = Math.max(mostReads, ++reads);
            // the window that reaches what is shown
            cutAt = length === 100 && offset > 3002 ? Math.min(cutAt, offset + 50) : cutAt;
            if (reads > 1000) {
              throw new Error('it never ends');
            }
            return opened.read(target, Math.max(0, Math.min(length, cutAt - offset)), offset);
          },
        };
      },
    };
    file = new TailedFile(testFormats, access);
    begin();
    for (let look = 0; look < 40; look++) {
      file.tail.look();
      reads = 0;
    }
    assert.ok(cutAt < Infinity && mostReads < 50);
    cutAt = Infinity;
    file.lookOn();
    assert.deepEqual(file.ids(), { read: numbers(100, 400), shown: [] });
  });

  it('is not shown of a file that is not of lines, nor what in it is no object of one line', () => {
    append(`{\n"id": 1,\n"list": [\n${lines(...numbers(100, 400))}`);
    for (let look = 0; look < 4; look++) {
      file.tail.look();
    }
    assert.deepEqual(file.ids().shown, []);
    file.dispose();
    file = new TailedFile();
    append(`${lines(...numbers(100, 390))}garbage\n  {"id":1}\n{"id":2\n{"id":3}{"id":4}\n`);
    append(lines(...numbers(390, 400)));
    file.tail.look();
    file.tail.look();
    assert.deepEqual(file.ids().shown, numbers(386, 400));
    assert.deepEqual(file.faults(), []);
  });

  it('is not shown of a format whose records need those before them', () => {
    file.dispose();
    const [idFormat] = testFormats;
    assert.equal(idFormat?.container, 'json');
    const reader = { read: () => ({ spans: [] }) };
    file = new TailedFile([{ ...idFormat, open: () => reader }]);
    begin();
    assert.deepEqual(file.ids().shown, []);
    file.lookOn();
    assert.deepEqual(file.ids().read, numbers(100, 400));
  });

  it('stays, and goes on with the file, when somebody stops the reading, until it is resumed', () => {
    begin();
    file.tail.stop();
    assert.equal(file.believed.status?.state, 'stopped');
    const { read } = file.ids();
    append(lines(400));
    assert.equal(file.lookOn(), 'onChange');
    assert.deepEqual(file.ids(), { read, shown: numbers(382, 401) });
    assert.equal(file.believed.status?.state, 'stopped');
    assert.deepEqual(file.faults(), []);
    file.tail.resume();
    file.lookOn();
    assert.deepEqual(file.ids(), { read: numbers(100, 401), shown: [] });
    assert.equal(file.tail.isStopped, false);
  });

  it('is what reading all of it finds, whatever is done to the file meanwhile', function () {
    this.timeout(60_000);
    const action = fc.constantFrom(
      ...(['line', 'lines', 'half', 'garbage', 'blank', 'two', 'edit', 'truncate'] as const),
      ...(['replace', 'look', 'look', 'look', 'look', 'stop', 'resume'] as const),
    );
    let shownBefore = 0;
    fc.assert(
      fc.property(fc.array(action, { minLength: 5, maxLength: 60 }), actions => {
        const log = new TailedFile();
        try {
          let serial = 100;
          const line = (): string => `{"id":${serial++},"t":"${'x'.repeat((serial * 7) % 40)}"}\n`;
          fs.writeFileSync(log.path, Array.from({ length: 40 }, line).join(''));
          for (const kind of actions) {
            change(log, kind, line);
            if (kind === 'look' || kind === 'stop') {
              const next = log.tail.look();
              const { preview } = log.believed;
              shownBefore += preview.size;
              if (preview.size > 0 || next === 'onChange') {
                assert.deepEqual(log.faults(), []);
              }
            }
          }
          log.tail.resume();
          log.lookOn();
          // what was told must hold when nothing has changed since
          log.lookOn();
          assert.deepEqual(log.faults(), []);
          assert.equal(log.believed.preview.size, 0);
          assert.deepEqual(jsonLines(log.path), log.ids().read);
        } finally {
          log.dispose();
        }
      }),
      { numRuns: 400 },
    );
    assert.ok(shownBefore > 1000);
  });
});

function change(log: TailedFile, kind: string, line: () => string): void {
  const { path } = log;
  switch (kind) {
    case 'line':
      fs.appendFileSync(path, line());
      return;
    case 'lines':
      fs.appendFileSync(path, Array.from({ length: 15 }, line).join(''));
      return;
    case 'half':
      fs.appendFileSync(path, `\n${line().slice(0, 9)}`);
      return;
    case 'garbage':
      fs.appendFileSync(path, '\ngarbage {"\n');
      return;
    case 'blank':
      fs.appendFileSync(path, '\n \r\n');
      return;
    case 'two':
      fs.appendFileSync(path, `\n${line().trim()}${line()}`);
      return;
    case 'edit': {
      const text = fs.readFileSync(path, 'utf8');
      const at = text.indexOf('"id":1', text.length - 150 - (text.length % 100));
      fs.writeFileSync(path, at < 0 ? text : `${text.slice(0, at)}"id":7${text.slice(at + 6)}`);
      return;
    }
    case 'truncate':
      fs.truncateSync(path, fs.statSync(path).size >> 1);
      return;
    case 'replace':
      fs.writeFileSync(`${path}.tmp`, Array.from({ length: 30 }, line).join(''));
      fs.renameSync(`${path}.tmp`, path);
      return;
    case 'stop':
      log.tail.stop();
      return;
    case 'resume':
      log.tail.resume();
      return;
  }
}

/** Ids of the objects on disk that stand in a line of their own, by the plainest reader there is. */
function jsonLines(path: string): readonly unknown[] {
  const text = fs.readFileSync(path, 'utf8');
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .replaceAll('}{', '}\n{')
    .split('\n')
    .flatMap(line => {
      try {
        const value: unknown = JSON.parse(line);
        return typeof value === 'object' && value !== null ? [Reflect.get(value, 'id')] : [];
      } catch {
        return [];
      }
    });
}
