/** Configs and secrets. Their names tell their contents, so what is there under the name is what is wanted. */
import type { Json } from '@camelc/plan';
import { secretLabel } from '../../names.js';
import { denormaliseConfig, denormaliseSecret, normaliseConfig, normaliseSecret, type ConfigForm, type SecretForm } from '../../normal/others.js';
import type { EngineFileObject } from '../api.js';
import { EngineError } from '../connection/engine.js';
import type { Work } from './work.js';

export const configStep = (work: Work): Promise<void> =>
  fileStep(work, '/configs', normaliseConfig, async () => denormaliseConfig(work.step.wanted as unknown as ConfigForm, work.name));

export const secretStep = (work: Work): Promise<void> =>
  fileStep(work, '/secrets', normaliseSecret, async () => {
    const form = work.step.wanted as unknown as SecretForm;
    const value = await work.context.secrets.resolve(form.labels[secretLabel]!);
    return denormaliseSecret(form, work.name, Buffer.from(value.reveal()).toString('base64'));
  });

async function fileStep(work: Work, path: string, normalise: (spec: object) => object, create: () => Promise<object>): Promise<void> {
  const { engine, step, name } = work;
  const file = await engine.find<EngineFileObject>(`${path}/${name}`);
  const mustChange = file && work.mustChange(normalise(file.Spec) as Json, file.Spec.Labels);
  if (step.wanted === undefined) return file && removeFile(work, path, file);
  if (!file) await engine.ask(`${path}/create`, { method: 'POST', body: await create() });
  else if (mustChange) {
    // Labels alone can be otherwise.
    const { labels } = step.wanted as unknown as SecretForm;
    await engine.ask(`${path}/${file.ID}/update`, { method: 'POST', query: { version: file.Version.Index }, body: { Name: name, Labels: labels } });
  }
}

/** Until the last service has let it go. */
async function removeFile(work: Work, path: string, file: EngineFileObject): Promise<void> {
  for (;;) {
    try {
      return await work.engine.ask(`${path}/${file.ID}`, { method: 'DELETE' });
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      if (error.status === 404) return;
      if (work.isLate || !error.message.includes('in use')) throw error;
      work.say('a service uses it still');
      await work.pause();
    }
  }
}
