import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { AheadControl, places } from '../../../src/engine/scan/ahead/aheadControl';
import { AheadReader } from '../../../src/engine/scan/ahead/aheadReader';
import { LineScanner } from '../../../src/engine/scan/lineScanner';
import { ScanMemory } from '../../../src/engine/scan/scanMemory';
import { Random } from '../../fuzz/random';

const windowBytes = 2048;

describe('windows that several threads make', () => {
  let folder: string;

  before(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'callsight-windows-'));
  });

  after(() => fs.rmSync(folder, { recursive: true }));

  /** Two that take turns, as threads would, and a third that takes the windows. */
  function crew(): { control: AheadControl; readers: AheadReader[]; memory: ScanMemory } {
    const memory = new ScanMemory();
    const control = new AheadControl();
    const first = new LineScanner({ memory });
    const { seed, module } = first;
    control.setReady(Array.from({ length: places }, () => first.addPlace(windowBytes)));
    const base = memory.memory.buffer.byteLength;
    const second = new LineScanner({
      seed,
      module,
      base,
      memory: new ScanMemory(memory.memory),
    });
    const readers = [first, second].map(scanner => new AheadReader(scanner, control, windowBytes));
    return { control, readers, memory };
  }

  it('come one after the other, each line in one of them, whoever makes them', () => {
    const file = path.join(folder, 'lines.jsonl');
    const lines = Array.from(
      { length: 3000 },
      (_, index) => `{"at":${index},"text":"${'x'.repeat(index % 90)}"}\n`,
    );
    const content = `${lines.join('')}{"unfinished`;
    fs.writeFileSync(file, content);
    const { control, readers, memory } = crew();
    for (let id = 1; id <= 20; id++) {
      const random = new Random(`${id}`, 'crew');
      const job = { id, path: file, offset: 0, scope: 1, secrets: [] };
      control.begin(id);
      control.takeUp(id, 0);
      assert.ok(control.isTakenUp(id));
      let [taken, count, offset] = [0, 0, 0];
      for (;;) {
        const place = taken % places;
        if (control.isFull(place)) {
          const window = control.windowAt(place);
          assert.equal(window.offset, offset);
          if (window.bytes === 0) {
            break;
          }
          memory.renew();
          const { area, bytes, scannedBytes } = window;
          const text = memory.bytes.toString('utf8', area.window, area.window + bytes);
          assert.equal(text, content.slice(offset, offset + bytes));
          assert.equal(scannedBytes, bytes);
          count += window.lines;
          offset += bytes;
          taken++;
          control.free(place);
        } else {
          // whoever has nothing to do waits; one of them always has something
          const one = random.pick(readers);
          const other = readers[one === readers[0] ? 1 : 0];
          assert.ok(one.step(job) || other?.step(job) === true);
        }
      }
      assert.equal(count, lines.length);
      assert.equal(offset, lines.join('').length);
      readers.forEach(reader => reader.leave());
    }
  });

  it('are no more than there are places for', () => {
    const file = path.join(folder, 'many.jsonl');
    fs.writeFileSync(file, '{"a":1}\n'.repeat(4000));
    const { control, readers } = crew();
    const job = { id: 1, path: file, offset: 0, scope: 1, secrets: [] };
    control.begin(1);
    control.takeUp(1, 0);
    const [reader] = readers;
    for (let step = 0; step < 2 * places; step++) {
      assert.equal(reader?.step(job), true);
    }
    assert.equal(reader?.step(job), false);
    control.free(0);
    assert.equal(reader?.step(job), true);
    reader?.leave();
  });

  it('end where the file cannot be opened', () => {
    const { control, readers } = crew();
    const job = { id: 1, path: path.join(folder, 'none.jsonl'), offset: 0, scope: 1, secrets: [] };
    control.begin(1);
    control.takeUp(1, 0);
    assert.equal(readers[0]?.step(job), true);
    assert.ok(control.isFull(0) && control.isOver);
    assert.equal(control.windowAt(0).bytes, 0);
    assert.equal(readers[1]?.step(job), false);
  });
});
