// What the writers share: the folder they write into, a server that keeps what it is sent, a tracer.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

const [, , outputFolder] = process.argv;
if (outputFolder === undefined) {
  throw new Error('say the folder to write into');
}

/** @param {string} name @returns {string} path of a file in the folder that was asked for */
export function outputFile(name) {
  return path.join(outputFolder, name);
}

/** @param {string} name @param {unknown} value */
export function appendLine(name, value) {
  fs.appendFileSync(outputFile(name), `${JSON.stringify(value)}\n`);
}

/**
 * A server on this machine alone.
 * @param {(request: { url: string, body: string, headers: http.IncomingHttpHeaders }, response: http.ServerResponse) => void} answer
 * @returns {Promise<{ url: string, close: () => void }>}
 */
export function serve(answer) {
  const server = http.createServer((request, response) => {
    /** @type {Buffer[]} */
    const pieces = [];
    request.on('data', piece => pieces.push(piece));
    request.on('end', () => {
      const bytes = Buffer.concat(pieces);
      const isPacked = request.headers['content-encoding'] === 'gzip';
      const body = (isPacked ? gunzipSync(bytes) : bytes).toString('utf8');
      answer({ url: request.url ?? '', body, headers: request.headers }, response);
    });
  });
  return new Promise(resolve => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      resolve({
        url: `http://127.0.0.1:${port}`,
        close: () => {
          server.closeAllConnections();
          server.close();
        },
      });
    });
  });
}

/** A server that appends every JSON body it is sent to a file, one a line. @param {string} name */
export function collect(name) {
  return serve(({ body }, response) => {
    appendLine(name, JSON.parse(body));
    response.setHeader('content-type', 'application/json').end('{}');
  });
}
