// What the manual of Node shows: readline over a stream, JSON.parse. Arguments: files.
import fs from 'node:fs';
import readline from 'node:readline';
import { Totals } from './totals.mjs';

const totals = new Totals();
for (const file of process.argv.slice(2)) {
  const input = fs.createReadStream(file);
  for await (const line of readline.createInterface({ input, crlfDelay: Infinity })) {
    totals.add(line);
  }
}
totals.print();
