import assert from 'node:assert/strict';
import fc from 'fast-check';
import { StringTable } from '../../../../src/engine/store/stringTable';

const hex = (length: number) =>
  fc
    .array(fc.constantFrom(...'0123456789abcdef'.split('')), {
      minLength: length,
      maxLength: length,
    })
    .map(digits => digits.join(''));
const uuid = fc.tuple(hex(8), hex(4), hex(4), hex(4), hex(12)).map(groups => groups.join('-'));

/** What logs call things: ids of few shapes, words, and what nobody expects. */
const texts = fc.oneof(
  fc
    .tuple(fc.constantFrom('call_', '', 'sess-', 'é', 'face', 'a1'), hex(12))
    .map(parts => parts.join('')),
  fc.tuple(fc.constantFrom('', 'req_', '0'), uuid).map(parts => parts.join('')),
  fc.nat(70).chain(hex),
  hex(32).map(digits => digits.toUpperCase()),
  fc.constantFrom('', '-', '00000000', '__proto__', '\0', '\uD800', 'a\uDC00b', 'ÿ', 'Ā'),
  fc.string({ unit: 'binary', maxLength: 100 }),
  fc.array(fc.nat(0xffff), { maxLength: 40 }).map(units => String.fromCharCode(...units)),
);

describe('table of texts', () => {
  it('gives every text back as it was and each text one number, whatever is in it', () => {
    fc.assert(
      fc.property(fc.array(texts, { maxLength: 60 }), list => {
        const table = new StringTable();
        const ids = list.map(text => table.id(text));
        assert.deepEqual(
          ids.map(id => table.text(id)),
          list,
        );
        assert.deepEqual(
          list.map(text => table.find(text)),
          ids,
        );
        assert.equal(new Set(ids).size, new Set(list).size);
        assert.ok(!ids.includes(0));
      }),
      { numRuns: 500 },
    );
  });

  it('knows nothing that it was not given, and looking for a text does not add it', () => {
    fc.assert(
      fc.property(fc.array(texts), texts, (list, other) => {
        const table = new StringTable();
        list.forEach(text => table.id(text));
        assert.equal(table.find(other) !== 0, list.includes(other));
        assert.equal(table.find(other) !== 0, list.includes(other));
      }),
      { numRuns: 300 },
    );
  });

  it('takes the bytes of an ASCII text for the text', () => {
    const ascii = texts.filter(text => /^[\0-\x7f]*$/.test(text));
    fc.assert(
      fc.property(fc.array(ascii), fc.boolean(), (list, bytesFirst) => {
        const table = new StringTable();
        for (const text of list) {
          const bytes = Buffer.from(`<<${text}>>`);
          const ofBytes = () => table.idOfBytes(bytes, 2, bytes.length - 2);
          const [one, other] = bytesFirst
            ? [ofBytes(), table.id(text)]
            : [table.id(text), ofBytes()];
          assert.equal(one, other);
          assert.equal(table.text(one), text);
        }
      }),
    );
  });

  it('keeps texts of a megabyte', () => {
    const table = new StringTable();
    const long = [
      'x'.repeat(1 << 20),
      `${'x'.repeat((1 << 20) - 1)}y`,
      '語'.repeat(1 << 20),
      'f'.repeat(1 << 20),
    ];
    const ids = long.map(text => table.id(text));
    long.forEach((text, at) =>
      assert.ok(table.text(ids[at] ?? 0) === text && table.find(text) === ids[at]),
    );
    assert.equal(table.text(table.id('short')), 'short');
  });

  it('goes on when there are more shapes of ids than it remembers', () => {
    const table = new StringTable();
    const list = Array.from({ length: 2000 }, (_, at) => {
      const letters = String.fromCharCode(97 + (at % 26), 97 + ((at / 26) % 26), 97 + at / 676);
      return `${letters}_${String(at).padStart(8, '0')}`;
    });
    const ids = list.map(text => table.id(text));
    assert.deepEqual(
      ids.map(id => table.text(id)),
      list,
    );
    assert.deepEqual(
      list.map(text => table.id(text)),
      ids,
    );
    assert.equal(table.find('zzzz_00000000'), 0);
  });

  it('finds each of a hundred thousand ids', () => {
    const table = new StringTable();
    const name = (at: number) => `call_${(at * 2654435761).toString(16).padStart(14, '0')}`;
    const ids = Array.from({ length: 100_000 }, (_, at) => table.id(name(at)));
    assert.equal(new Set(ids).size, ids.length);
    assert.ok(ids.every((id, at) => table.find(name(at)) === id && table.text(id) === name(at)));
  });

  /** Of texts of which some are kept, and others come while the rest gives up its numbers. */
  const swept = fc.record({
    before: fc.array(fc.record({ text: texts, isShared: fc.boolean(), isKept: fc.boolean() }), {
      maxLength: 60,
    }),
    /** Each at a step; `asks`: for a text that is there, perhaps. */
    between: fc.array(fc.record({ text: texts, step: fc.nat(70), again: fc.nat(120) }), {
      maxLength: 30,
    }),
    behind: fc.array(texts, { maxLength: 60 }),
  });

  it('keeps what is marked, asked for or added when the rest gives up its numbers', () => {
    let reused = 0;
    fc.assert(
      fc.property(swept, ({ before, between, behind }) => {
        const table = new StringTable();
        const give = (text: string, isShared: boolean) =>
          isShared ? table.id(text) : table.idUnshared(text);
        const given = before.map(one => ({ ...one, id: give(one.text, one.isShared) }));
        const live = new Map<number, string>();
        const shared = new Map<string, number>();
        const note = (id: number, text: string, isShared: boolean) => {
          assert.ok(!live.has(id) || live.get(id) === text);
          live.set(id, text);
          if (isShared) {
            assert.ok(!shared.has(text) || shared.get(text) === id);
            shared.set(text, id);
          }
        };
        table.beginMarking();
        for (const { id, text, isShared, isKept } of given) {
          if (isKept) {
            table.mark(id);
            note(id, text, isShared);
          }
        }
        const waiting = between.toSorted((one, other) => one.step - other.step);
        const add = ({ text, again }: (typeof waiting)[number]) => {
          const other = given[again]?.text ?? text;
          note(table.id(other), other, true);
          note(table.idUnshared(text), text, false);
        };
        let step = 0;
        for (const _done of table.sweep()) {
          for (; waiting[0] !== undefined && waiting[0].step <= step; waiting.shift()) {
            add(waiting[0]);
          }
          step++;
        }
        waiting.forEach(add);
        const { end } = table;
        for (const { text } of given) {
          if (!shared.has(text) && Buffer.byteLength(text, 'latin1') > 80) {
            assert.equal(table.find(text), 0);
          }
        }
        for (const text of behind) {
          const id = table.id(text);
          reused += id < end && !live.has(id) ? 1 : 0;
          note(id, text, true);
        }
        for (const [id, text] of live) {
          assert.equal(table.text(id), text);
        }
        for (const [text, id] of shared) {
          assert.equal(table.find(text), id);
        }
      }),
      { numRuns: 500 },
    );
    assert.ok(reused > 1000, `${reused}`);
  });

  it('finds no text any more that nobody has kept', () => {
    const table = new StringTable();
    const name = (at: number) => `call_${(at * 2654435761).toString(16).padStart(14, '0')}`;
    const ids = Array.from({ length: 3000 }, (_, at) => table.id(name(at)));
    const { heldBytes } = table;
    table.beginMarking();
    ids.filter((_id, at) => at % 3 === 0).forEach(id => table.mark(id));
    [...table.sweep()].forEach(() => {});
    assert.ok(ids.every((id, at) => table.find(name(at)) === (at % 3 === 0 ? id : 0)));
    assert.ok(table.heldBytes > heldBytes / 3 - 10 && table.heldBytes < heldBytes / 3 + 10);
  });

  it('gives no number twice that a text had a moment ago', () => {
    const table = new StringTable();
    // free, its place looks as before: there is no other one behind it
    const zeros = '00000000';
    table.idUnshared(zeros);
    table.beginMarking();
    [...table.sweep()].forEach(() => {});
    const ids = [zeros, '11111111', '22222222'].map(text => table.idUnshared(text));
    assert.deepEqual(
      ids.map(id => table.text(id)),
      [zeros, '11111111', '22222222'],
    );
  });

  it('takes no more room for other texts of about the same lengths', () => {
    const table = new StringTable();
    const long = (at: number) => `${at} `.padEnd(100 + ((at * 7919) % 3000), 'x');
    const giveAll = (round: number) => {
      table.beginMarking();
      [...table.sweep()].forEach(() => {});
      for (let at = round * 1000; at < (round + 1) * 1000; at++) {
        table.id(long(at));
        table.idUnshared(`${at}?`.padStart(6));
        table.idUnshared(`${at % 7}`);
      }
      return table.end;
    };
    const ends = Array.from({ length: 20 }, (_, round) => giveAll(round));
    assert.equal(ends.at(-1), ends[9], ends.join());
    assert.ok((ends[19] ?? 0) <= (ends[0] ?? 0) + 256 * 2, ends.join());
  });
});
