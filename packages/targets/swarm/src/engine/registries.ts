/** Logins to registries, and the digests that they have for tags. */
import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { registryOf, type Deployment } from '@camelc/deployment';
import { diagnose, type Diagnostic } from '@camelc/diagnostics';
import { Secret, type RunningState, type SecretValues } from '@camelc/plan';
import { imageLabel, loginLabels } from '../names.js';
import type { ServiceForm } from '../normal/service-form.js';
import { readDockerConfig } from './connection/endpoint.js';
import { EngineError, EngineUnreachable, type Engine } from './connection/engine.js';

/** The names of the references that a service logs in with. */
export const loginsOf = ({ labels = {} }: Pick<ServiceForm, 'labels'>): string[] => Object.values(loginLabels).flatMap((label) => labels[label] ?? []);

/** Names of references. */
export interface Login {
  user?: string;
  password?: string;
}

/** The header by which the manager, and each host after it, is let in: of the model's login, else of that of the `docker` command here. */
export async function authorise({ image, labels = {} }: Pick<ServiceForm, 'image' | 'labels'>, secrets: SecretValues): Promise<Record<string, string>> {
  return headerOf(image, { user: labels[loginLabels.user], password: labels[loginLabels.password] }, secrets);
}

async function headerOf(image: string, { user, password }: Login, secrets: SecretValues): Promise<Record<string, string>> {
  const server = serverOf(image);
  const value = async (name: string | undefined): Promise<string> => (name === undefined ? '' : (await secrets.resolve(name)).reveal());
  const login: StoredLogin | undefined =
    user !== undefined || password !== undefined ? { username: await value(user), password: await value(password) } : await storedLogin(server);
  if (!login) return {};
  for (const hidden of [login.password, login.identitytoken]) if (hidden) secrets.hide(new Secret(hidden));
  // With the padding that `base64url` leaves out: the Engine takes a text without it for no login at all.
  const encoded = Buffer.from(JSON.stringify({ ...login, serveraddress: server }))
    .toString('base64')
    .replaceAll('+', '-')
    .replaceAll('/', '_');
  return { 'X-Registry-Auth': encoded };
}

/** The name by which logins to Docker's own registry are stored. */
const dockerHub = 'https://index.docker.io/v1/';

function serverOf(image: string): string {
  const registry = registryOf(image);
  return registry === 'docker.io' ? dockerHub : registry;
}

interface StoredLogin {
  username?: string;
  password?: string;
  identitytoken?: string;
}

/** Of `docker login`: in its settings, or with a program that keeps it. */
async function storedLogin(server: string): Promise<StoredLogin | undefined> {
  const { auths, credsStore, credHelpers } = readDockerConfig(process.env['DOCKER_CONFIG'] ?? join(homedir(), '.docker'));
  const keeper = credHelpers?.[server] ?? credsStore;
  if (keeper && /^[\w-]+$/.test(keeper)) return askKeeper(keeper, server);
  const { auth, identitytoken } = auths?.[server] ?? {};
  if (identitytoken) return { identitytoken };
  const [, username, password] = /^([^:]*):(.*)$/s.exec(Buffer.from(auth ?? '', 'base64').toString()) ?? [];
  return username ? { username, password: password! } : undefined;
}

const askKeeper = (keeper: string, server: string): Promise<StoredLogin | undefined> =>
  new Promise((resolve) => {
    const child = execFile(`docker-credential-${keeper}`, ['get'], { timeout: 10_000 }, (error, stdout) => {
      try {
        const { Username: username, Secret: password } = JSON.parse(error ? '{}' : stdout) as { Username?: string; Secret?: string };
        if (!username || !password) resolve(undefined);
        else resolve(username === '<token>' ? { identitytoken: password } : { username, password });
      } catch {
        resolve(undefined);
      }
    });
    child.stdin?.on('error', () => {});
    child.stdin?.end(server);
  });

/** Each attempt has another port at this end of its connection; what failed is the same. */
const withoutOwnPort = (message: string): string => message.replace(/ [\w.:[\]%]+->/g, ' ');

/** How long a registry may take, in milliseconds. */
const patience = 10_000;

/**
 * The digests that registries have for the tags of images, as the manager sees them, and hints for those that are not known. What is pinned already, where
 * the registry does not answer, stays as it runs: no hint for that.
 */
export async function pinImages(
  engine: Engine,
  { services, registries }: Pick<Deployment, 'services' | 'registries'>,
  { resources }: RunningState,
  secrets: SecretValues,
): Promise<{ digests: Map<string, string>; hints: Diagnostic[] }> {
  const images = [...new Set(services.map(({ image }) => image))].filter((image) => !image.includes('@')).sort();
  const running = new Set(resources.filter(({ kind }) => kind === 'service').flatMap(({ spec }) => pinnedImage(spec as unknown as ServiceForm)));
  const found = await Promise.all(
    images.map(async (image) => {
      const login = registries.find(({ server }) => server === registryOf(image)) ?? {};
      return { image, ...(await digestOf(engine, image, login, secrets)) };
    }),
  );
  const unpinned = found.flatMap((one) => ('why' in one && !running.has(one.image) ? [one] : []));
  return {
    digests: new Map(found.flatMap((one) => ('digest' in one ? [[one.image, one.digest]] : []))),
    hints: [...Map.groupBy(unpinned, ({ why }) => why)].map(([why, its]) => diagnose('engine/unpinned', { images: its.map(({ image }) => image), why })),
  };
}

/** The image without its digest, where it has one. */
function pinnedImage({ image, labels }: ServiceForm): string[] {
  const [tagged] = image.split('@');
  return image.includes('@') ? [tagged!, labels?.[imageLabel] ?? tagged!] : [];
}

/** @returns the digest, or why there is none */
async function digestOf(engine: Engine, image: string, login: Login, secrets: SecretValues): Promise<{ digest: string } | { why: string }> {
  const headers = await headerOf(image, login, secrets);
  try {
    const { Descriptor } = await engine.ask<{ Descriptor: { digest: string } }>(`/distribution/${image}/json`, { headers, timeout: patience });
    return { digest: Descriptor.digest };
  } catch (error) {
    if (error instanceof EngineError) return { why: secrets.redact(withoutOwnPort(error.message)) };
    if (error instanceof EngineUnreachable) return { why: 'the registry does not answer in time' };
    throw error;
  }
}
