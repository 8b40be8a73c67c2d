import { closeSync, openSync, readSync, statSync } from 'node:fs';
import v8 from 'node:v8';
import zlib from 'node:zlib';

/** What a start-up snapshot must agree on with the Node that loads it: the very build of Node, V8's flags and the processor, and its own bytes. */
export const stampOf = (blob) => [process.version, process.platform, process.arch, statSync(process.execPath).size, v8.cachedDataVersionTag(), checksum(blob)].join(' ');

/** Read piece by piece, as fresh memory is what costs time. */
function checksum(file) {
  const piece = Buffer.allocUnsafeSlow(1 << 18);
  const fd = openSync(file);
  let sum = 0;
  for (let n; (n = readSync(fd, piece)) > 0; ) sum = zlib.crc32(piece.subarray(0, n), sum);
  closeSync(fd);
  return sum;
}
