import type { Engine } from '../connection/engine.js';

/** The end of what a task wrote, for it often says why it failed; undefined where there is nothing or it cannot be had soon. */
export async function lastWords(engine: Engine, task: string): Promise<string | undefined> {
  try {
    const { body } = await engine.answer(`/tasks/${task}/logs`, { query: { stdout: 1, stderr: 1, tail: 5 }, timeout: 3000 });
    const lines = textOf(body)
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
    const words = lines.slice(-2).join(' / ');
    return words && `"${words.length > longest ? `…${words.slice(-longest)}` : words}"`;
  } catch {
    return undefined;
  }
}

const longest = 300;

/** The Engine sends frames: a byte for the stream, three of nothing, four for the length; of a terminal it sends the text alone. */
function textOf(body: Buffer): string {
  const texts: string[] = [];
  for (let at = 0; at + 8 <= body.length; ) {
    if (body[at]! > 2 || body[at + 1] !== 0) return body.toString();
    const end = at + 8 + body.readUInt32BE(at + 4);
    texts.push(body.toString('utf8', at + 8, end));
    at = end;
  }
  return texts.join('');
}
