// The fastest plain way: large reads, lines found in the bytes, JSON.parse. Arguments: files.
import fs from 'node:fs';
import { Totals } from './totals.mjs';

const newline = 10;
const totals = new Totals();
// longer than any line of the generated logs
const buffer = Buffer.allocUnsafe(4 * 1024 * 1024);

/** @param {string} name */
function readFile(name) {
  const file = fs.openSync(name, 'r');
  let kept = 0;
  for (;;) {
    const read = fs.readSync(file, buffer, kept, buffer.length - kept, null);
    if (read === 0) {
      break;
    }
    const bytes = buffer.subarray(0, kept + read);
    let start = 0;
    let end = bytes.indexOf(newline);
    while (end !== -1) {
      totals.add(bytes.toString('utf8', start, end));
      start = end + 1;
      end = bytes.indexOf(newline, start);
    }
    bytes.copyWithin(0, start, bytes.length);
    kept = bytes.length - start;
  }
  totals.add(buffer.toString('utf8', 0, kept));
  fs.closeSync(file);
}

process.argv.slice(2).forEach(readFile);
totals.print();
