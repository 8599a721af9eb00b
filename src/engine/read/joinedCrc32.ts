/** The polynomial of CRC-32, with its bits in the order of zlib. */
const polynomial = 0xedb88320;
const one = 0x80000000;
const bitsOfLength = 53;

/**
 * CRC-32 of bytes that follow others, from those of both parts, without the bytes. `length`: of the second part, bytes. As zlib's
 * `crc32_combine`: the first checksum is shifted by as many zero bits as the second part has.
 */
export function joinedCrc32(first: number, second: number, length: number): number {
  let shift = one;
  let rest = length;
  for (let power = 0; rest > 0; power++) {
    if (rest % 2 === 1) {
      shift = product(powersOfByte[power] ?? one, shift);
    }
    rest = Math.floor(rest / 2);
  }
  return (product(shift, first) ^ second) >>> 0;
}

/** Product of two polynomials, modulo that of CRC-32. */
function product(factor: number, other: number): number {
  let sum = 0;
  let shifted = other;
  for (let bit = one; bit !== 0; bit >>>= 1) {
    if (factor & bit) {
      sum ^= shifted;
    }
    shifted = shifted & 1 ? (shifted >>> 1) ^ polynomial : shifted >>> 1;
  }
  return sum >>> 0;
}

/** What a shift by 1, 2, 4, … zero bytes multiplies with. */
const powersOfByte: number[] = [];
{
  let power = 0x00800000; // eight zero bits
  for (let index = 0; index < bitsOfLength; index++) {
    powersOfByte.push(power);
    power = product(power, power);
  }
}
