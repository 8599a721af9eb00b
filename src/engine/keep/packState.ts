import v8 from 'node:v8';
import { zlib } from '../builtins';

/** Changes whenever what is kept is kept in another way. */
const layout = 6;
const magic = 0x43534958; // "CSIX"
/** Magic, layout, checksum of what follows, bytes of the structure, bytes of the numbers. */
export const headBytes = 32;
const alignment = 8;

const kinds = [Uint8Array, Uint16Array, Uint32Array, Float64Array] as const;
type Numbers = InstanceType<(typeof kinds)[number]>;

/** Writes objects as V8 does, and lists of numbers one after the other in a place of their own. */
class StateWriter extends v8.Serializer {
  readonly lists: Numbers[] = [];
  bytes = 0;

  constructor() {
    super();
    // documented for subclasses, and missing in the types
    (this as unknown as Hooks)._setTreatArrayBufferViewsAsHostObjects(true);
  }

  _writeHostObject(list: Numbers): void {
    const kind = kinds.findIndex(one => list instanceof one);
    if (kind < 0) {
      throw new TypeError('a list of numbers of another kind');
    }
    this.writeUint32(kind);
    this.writeDouble(this.bytes);
    this.writeDouble(list.length);
    this.lists.push(list);
    this.bytes = aligned(this.bytes + list.byteLength);
  }
}

interface Hooks {
  _setTreatArrayBufferViewsAsHostObjects(flag: boolean): void;
}

class StateReader extends v8.Deserializer {
  readonly #numbers: Buffer;

  constructor(structure: Buffer, numbers: Buffer) {
    super(structure);
    this.#numbers = numbers;
  }

  /** A view of the numbers where they lie: nothing is copied. No other thread sees them, which the type does not say. */
  _readHostObject(): Numbers {
    const Kind = kinds[this.readUint32()];
    const start = this.readDouble();
    const length = this.readDouble();
    const { buffer, byteOffset, byteLength } = this.#numbers;
    if (Kind === undefined || start + length * Kind.BYTES_PER_ELEMENT > byteLength) {
      throw new RangeError('a list of numbers that is not there');
    }
    return new Kind(buffer as ArrayBuffer, byteOffset + start, length);
  }
}

/** A state as the bytes of a file: its head, which is known when the checksum of all others is, and pieces that are not copied here. */
export interface PackedState {
  readonly pieces: readonly Uint8Array[];
  /** To begin the checksum of the pieces with. */
  readonly checksum: number;
  readonly head: (checksum: number) => Buffer;
}

/** Of objects, lists, Maps, texts and lists of numbers. */
export function packState(state: unknown): PackedState {
  const writer = new StateWriter();
  writer.writeHeader();
  writer.writeValue(state);
  const structure = writer.releaseBuffer();
  const pieces: Uint8Array[] = [];
  for (const list of writer.lists) {
    pieces.push(new Uint8Array(list.buffer, list.byteOffset, list.byteLength));
    const gap = aligned(list.byteLength) - list.byteLength;
    if (gap > 0) {
      pieces.push(new Uint8Array(gap));
    }
  }
  pieces.push(structure);
  const head = Buffer.alloc(headBytes);
  head.writeUInt32LE(magic, 0);
  head.writeUInt32LE(layout, 4);
  head.writeDoubleLE(structure.length, 16);
  head.writeDoubleLE(writer.bytes, 24);
  return {
    pieces,
    checksum: zlib().crc32(head.subarray(16)),
    head: checksum => {
      head.writeUInt32LE(checksum, 8);
      return head;
    },
  };
}

/** The state again; its lists of numbers are views of the bytes. undefined: nothing that this version wrote, or not all of it. */
export function unpackState(bytes: Buffer): unknown {
  if (
    bytes.length < headBytes ||
    bytes.byteOffset % alignment !== 0 ||
    bytes.readUInt32LE(0) !== magic ||
    bytes.readUInt32LE(4) !== layout
  ) {
    return undefined;
  }
  const structureBytes = bytes.readDoubleLE(16);
  const numberBytes = bytes.readDoubleLE(24);
  if (
    headBytes + numberBytes + structureBytes !== bytes.length ||
    zlib().crc32(bytes.subarray(16)) !== bytes.readUInt32LE(8)
  ) {
    return undefined;
  }
  const numbers = bytes.subarray(headBytes, headBytes + numberBytes);
  const reader = new StateReader(bytes.subarray(headBytes + numberBytes), numbers);
  reader.readHeader();
  const state: unknown = reader.readValue();
  return state;
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / alignment) * alignment;
}
