import assert from 'node:assert/strict';
import fs from 'node:fs';
import { lines } from './folder';
import { later, LookedAtFolder } from './lookedAt';

const longAgo = new Date('2020-01-01T00:00:00Z');
const anHourMs = 3_600_000;

describe('A pass over a folder', () => {
  let folder: LookedAtFolder;
  beforeEach(() => {
    folder = new LookedAtFolder();
  });
  afterEach(() => folder.dispose());

  function write(name: string, content: string): void {
    fs.writeFileSync(folder.path(name), content);
  }

  /** Long enough that a later write in the folder cannot leave it the same time. */
  async function rest(): Promise<void> {
    await new Promise(resolve => setTimeout(resolve, 50));
  }

  it('lists only the folders in which something came, went or was exchanged', async () => {
    fs.mkdirSync(folder.path('still'));
    fs.mkdirSync(folder.path('busy'));
    write('still/a.jsonl', lines(1));
    write('busy/b.jsonl', lines(2));
    write('busy/c.jsonl', lines(3));
    for (const name of ['still/a.jsonl', 'busy/b.jsonl', 'busy/c.jsonl']) {
      fs.utimesSync(folder.path(name), longAgo, longAgo);
    }
    await rest();
    await folder.look('whole');
    await folder.look('changed');
    assert.deepEqual([...folder.glanced].toSorted(), ['', 'busy', 'still']);
    write('busy/new.tmp', lines(4));
    fs.renameSync(folder.path('busy/new.tmp'), folder.path('busy/c.jsonl'));
    fs.rmSync(folder.path('busy/b.jsonl'));
    write('busy/d.jsonl', lines(5));
    await folder.look('changed');
    assert.equal(folder.glanced.has('still/a.jsonl'), false);
    assert.deepEqual(folder.ids('still/a.jsonl'), [1]);
    assert.deepEqual(folder.ids('busy/b.jsonl'), []);
    assert.deepEqual(folder.ids('busy/c.jsonl'), [4]);
    assert.deepEqual(folder.ids('busy/d.jsonl'), [5]);
  });

  it('looks at a file that changed lately every time, so that no event is needed for it', async () => {
    write('a.jsonl', lines(1));
    await folder.look('whole');
    await rest();
    for (const id of [2, 3, 4]) {
      fs.appendFileSync(folder.path('a.jsonl'), lines(id));
      await folder.look('changed');
    }
    assert.deepEqual(folder.ids('a.jsonl'), [1, 2, 3, 4]);
  });

  it('finds what was written into a quiet file without any event when the turn of its folder comes', async () => {
    write('a.jsonl', lines(1, 2));
    fs.utimesSync(folder.path('a.jsonl'), longAgo, longAgo);
    await rest();
    await folder.look('whole');
    await folder.look('changed');
    const descriptor = fs.openSync(folder.path('a.jsonl'), 'r+');
    fs.writeSync(descriptor, lines(7));
    fs.closeSync(descriptor);
    await folder.look('changed');
    assert.deepEqual(folder.ids('a.jsonl'), [1, 2]);
    await later(anHourMs, () => folder.look('changed'));
    assert.deepEqual(folder.ids('a.jsonl'), [7, 2]);
    assert.deepEqual([...folder.listed], []);
  });

  it('lists a folder when its turn comes where only that tells: a thing in it that is no file may have become one', async () => {
    write('a.jsonl', lines(1));
    fs.symlinkSync('nowhere', folder.path('b.jsonl'));
    fs.utimesSync(folder.path('a.jsonl'), longAgo, longAgo);
    await rest();
    await folder.look('whole');
    await later(anHourMs, () => folder.look('changed'));
    assert.deepEqual([...folder.listed], ['']);
    assert.deepEqual(folder.ids('a.jsonl'), [1]);
  });

  it('looks at every file where events may be lost', async () => {
    write('a.jsonl', lines(1));
    fs.utimesSync(folder.path('a.jsonl'), longAgo, longAgo);
    await rest();
    await folder.look('whole');
    fs.appendFileSync(folder.path('a.jsonl'), lines(2));
    await folder.look('changed', () => true);
    assert.deepEqual(folder.ids('a.jsonl'), [1, 2]);
  });

  it('reads a file once that gets a second name, and under that one when the first goes', async () => {
    fs.mkdirSync(folder.path('one'));
    fs.mkdirSync(folder.path('two'));
    write('one/a.jsonl', lines(1));
    await rest();
    await folder.look('whole');
    fs.linkSync(folder.path('one/a.jsonl'), folder.path('two/b.jsonl'));
    await folder.look('changed');
    assert.deepEqual([folder.ids('one/a.jsonl'), folder.ids('two/b.jsonl')], [[1], []]);
    const { status } = folder.believed.file(folder.path('two/b.jsonl'));
    assert.equal(status?.message, 'Another name of a.jsonl; read once.');
    await rest();
    fs.rmSync(folder.path('one/a.jsonl'));
    await folder.look('changed');
    assert.deepEqual([folder.ids('one/a.jsonl'), folder.ids('two/b.jsonl')], [[], [1]]);
  });

  it('forgets a file that an event told of and that is gone before its folder was listed', async () => {
    write('a.jsonl', lines(1));
    await rest();
    await folder.look('whole');
    write('b.jsonl', lines(2));
    fs.utimesSync(folder.path('b.jsonl'), longAgo, longAgo);
    await rest();
    await folder.hint('b.jsonl');
    assert.deepEqual(folder.ids('b.jsonl'), [2]);
    fs.rmSync(folder.path('b.jsonl'));
    await folder.look('changed');
    assert.deepEqual(folder.ids('b.jsonl'), []);
    assert.equal(folder.believed.file(folder.path('b.jsonl')).status?.state, 'gone');
  });

  it('says of a link that became a file what the file is', async () => {
    fs.symlinkSync('nowhere', folder.path('a.jsonl'));
    await folder.look('whole');
    fs.rmSync(folder.path('a.jsonl'));
    write('a.jsonl', lines(1));
    await folder.hint('a.jsonl');
    await folder.look('changed');
    assert.equal(folder.believed.file(folder.path('a.jsonl')).status?.state, 'live');
    assert.deepEqual(folder.ids('a.jsonl'), [1]);
  });

  it('tells of each folder before it is listed, and only of new ones', async () => {
    fs.mkdirSync(folder.path('x/y'), { recursive: true });
    await folder.look('whole');
    assert.deepEqual(folder.met.splice(0), ['', 'x', 'x/y']);
    await folder.look('whole');
    fs.mkdirSync(folder.path('x/z'));
    await folder.look('whole');
    assert.deepEqual(folder.met, ['x/z']);
  });

  it('takes away a folder with all that is in it', async () => {
    fs.mkdirSync(folder.path('x/y'), { recursive: true });
    write('x/y/a.jsonl', lines(1));
    await rest();
    await folder.look('whole');
    fs.renameSync(folder.path('x'), folder.path('z'));
    await folder.look('changed');
    assert.deepEqual([folder.ids('x/y/a.jsonl'), folder.ids('z/y/a.jsonl')], [[], [1]]);
  });
});
