import { Transform, type TransformCallback } from 'node:stream';

/** No message is longer: what a header says beyond it is a fault. */
const mostBytes = 1 << 28;

/** No header is longer. */
const mostHeader = 1 << 12;

/** Passes on the messages of a client, and leaves out what stands between them because a header is wrong: else no later message would be read. */
export class WellFramed extends Transform {
  /** What came of a header. */
  private header: Buffer = Buffer.alloc(0);
  /** Bytes of the message that are still to come. */
  private left = 0;

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    let rest = chunk;
    while (rest.length > 0) {
      if (this.left > 0) {
        this.push(rest.subarray(0, this.left));
        const passed = Math.min(this.left, rest.length);
        this.left -= passed;
        rest = rest.subarray(passed);
      } else rest = this.readHeader(rest);
    }
    done();
  }

  /** @returns what comes after the header */
  private readHeader(bytes: Buffer): Buffer {
    const text = Buffer.concat([this.header, bytes]);
    const end = text.indexOf('\r\n\r\n');
    if (end < 0) {
      this.header = text.subarray(-mostHeader);
      return Buffer.alloc(0);
    }
    this.header = Buffer.alloc(0);
    // After a message without a right header the next one begins somewhere in a line.
    const lengths = [...text.toString('latin1', Math.max(0, end - mostHeader), end).matchAll(/Content-Length: *(\d+)(?=\r\n|$)/gi)];
    const length = Number(lengths.at(-1)?.[1] ?? NaN);
    if (length <= mostBytes) {
      this.push(`Content-Length: ${length}\r\n\r\n`);
      this.left = length;
    }
    return text.subarray(end + 4);
  }
}
