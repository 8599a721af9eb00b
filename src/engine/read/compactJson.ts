const quote = 0x22;
const backslash = 0x5c;
const lineFeed = 0x0a;

/**
 * A JSON record as it would stand on one line: a record that was printed over several lines loses the white space outside of its
 * texts. Bytes of one line are given back as they are.
 */
export function onOneLine(bytes: Uint8Array): Uint8Array {
  if (!bytes.includes(lineFeed)) {
    return bytes;
  }
  const compact = new Uint8Array(bytes.length);
  let length = 0;
  let isInText = false;
  let isEscaped = false;
  for (const byte of bytes) {
    const isSpace = byte === 0x20 || byte === 0x09 || byte === 0x0d || byte === lineFeed;
    if (isInText || !isSpace) {
      compact[length++] = byte;
    }
    if (byte === quote && !isEscaped) {
      isInText = !isInText;
    }
    isEscaped = isInText && byte === backslash && !isEscaped;
  }
  return compact.subarray(0, length);
}
