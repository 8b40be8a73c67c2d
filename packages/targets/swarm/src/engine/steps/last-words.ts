import { fingerprint } from '@camelc/plan';
import { engineName } from '../../names.js';
import type { EngineTaskState } from '../api.js';
import type { Work } from './work.js';

/**
 * The end of what a task wrote, for it often says why it failed, without values of its credentials; undefined where there is nothing, where it cannot be
 * had soon, or where the values are not known that it may hold.
 */
export async function lastWords(work: Work, task: EngineTaskState): Promise<string | undefined> {
  try {
    if (!(await knowsSecretsOf(work, task))) return undefined;
    const { body } = await work.engine.answer(`/tasks/${task.ID}/logs`, { query: { stdout: 1, stderr: 1, tail: 5 }, timeout: 3000 });
    // Before it is cut, as a part of a value would not be known for one.
    const lines = work.context.secrets
      .redact(textOf(body))
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
    return lines.length > 0 ? `"${shortened(lines.slice(-2).join(' / '))}"` : undefined;
  } catch {
    return undefined;
  }
}

/** What the last health check of a task said, where it ran on the host of this engine: others do not tell. */
export async function lastCheck(work: Work, task: EngineTaskState): Promise<string | undefined> {
  const container = task.Status.ContainerStatus?.ContainerID;
  try {
    if (!container || !(await knowsSecretsOf(work, task))) return undefined;
    const { State } = await work.engine.ask<EngineContainerState>(`/containers/${container}/json`, { timeout: 3000 });
    const checks = (State.Health?.Status === 'unhealthy' && State.Health.Log?.filter(({ ExitCode }) => ExitCode !== 0)) || [];
    // The last one may have been killed with its container, before it said anything.
    const failed = checks.findLast(({ Output }) => Output) ?? checks.at(-1);
    if (!failed) return undefined;
    const output = shortened(
      work.context.secrets
        .redact(failed.Output ?? '')
        .trim()
        .replace(/\s*\n\s*/g, ' / '),
    );
    return `exit ${failed.ExitCode}${output ? `: ${output}` : ''}`;
  } catch {
    return undefined;
  }
}

interface EngineContainerState {
  State: { Health?: { Status?: string; Log?: { ExitCode: number; Output?: string }[] | null } };
}

/** Whether each secret of the task has the value that its reference leads to, which is masked from then on. */
async function knowsSecretsOf({ context: { plan, secrets }, key }: Work, { Spec }: EngineTaskState): Promise<boolean> {
  const known = plan.wanted.resources.filter(({ kind }) => kind === 'secret');
  const checked = (Spec?.ContainerSpec?.Secrets ?? []).map(async ({ SecretName }) => {
    const resource = known.find((one) => engineName(plan.id, one.key) === SecretName);
    return resource !== undefined && SecretName.endsWith(`-${fingerprint(await secrets.resolve(resource.name), key)}`);
  });
  return (await Promise.all(checked)).every(Boolean);
}

const longest = 300;

const shortened = (words: string): string => (words.length > longest ? `…${words.slice(-longest)}` : words);

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
