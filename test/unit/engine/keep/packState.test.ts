import assert from 'node:assert/strict';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { packState, unpackState } from '../../../../src/engine/keep/packState';

const numbers = fc.oneof(
  fc.uint8Array(),
  fc.uint16Array(),
  fc.uint32Array(),
  fc.float64Array({ noNaN: true }),
);
const plain = fc.oneof(fc.string(), fc.double(), fc.bigInt(), fc.boolean(), fc.constant(undefined));
const states = fc.array(
  fc.oneof(
    plain,
    numbers,
    fc.array(plain),
    fc.dictionary(fc.string({ minLength: 1 }), numbers, { noNullPrototype: true }),
  ),
);

describe('a packed state', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(states, state => {
        const bytes = packed(state);
        assert.deepEqual(unpackState(aligned(bytes)), { state });
      }),
    );
  });

  it('is not taken when a byte of it is another one, or some are missing', () => {
    fc.assert(
      fc.property(states, fc.nat(), fc.integer({ min: 1, max: 255 }), (state, place, change) => {
        const bytes = aligned(packed(state));
        const at = place % bytes.length;
        const damaged = aligned(bytes);
        // what stands in the gap behind the checksum means nothing
        damaged[at] = (damaged[at] ?? 0) ^ change;
        assert.equal(at >= 12 && at < 16 ? undefined : unpackState(damaged), undefined);
        assert.equal(unpackState(aligned(bytes.subarray(0, at))), undefined);
      }),
    );
  });

  function packed(state: unknown): Buffer {
    const { pieces, checksum, head } = packState({ state });
    const bytes = Buffer.concat(pieces);
    return Buffer.concat([head(crc32(bytes, checksum)), bytes]);
  }

  /** As a file is read: in a place of its own. */
  function aligned(bytes: Uint8Array): Buffer {
    const copy = Buffer.from(new ArrayBuffer(bytes.length));
    copy.set(bytes);
    return copy;
  }
});
