/** Where the engine listens: as it is told, or as the `docker` command would find it. */
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { diagnose, DiagnosticError } from '@camelc/diagnostics';

/** As `DOCKER_HOST` and its relatives have it. */
export interface EngineOptions {
  /** `unix:///PATH`, `tcp://HOST:PORT`, `ssh://USER@HOST`. */
  host?: string;
  /** A context of the `docker` command, instead of a host. */
  context?: string;
  environment?: Readonly<Record<string, string | undefined>>;
}

export interface Endpoint {
  /** For people: the URL, without a password. */
  name: string;
  /** What told it: for the help of a diagnostic. */
  source: string;
  url: URL;
  /** With TLS: PEM texts. */
  tls?: { ca?: Buffer; cert?: Buffer; key?: Buffer; rejectUnauthorized: boolean };
}

const defaultHost = 'unix:///var/run/docker.sock';

/** @throws DiagnosticError engine/host, engine/context, engine/tls */
export function findEndpoint({ host, context, environment = process.env }: EngineOptions): Endpoint {
  const folder = environment['DOCKER_CONFIG'] ?? join(homedir(), '.docker');
  const told = host ?? (context ? undefined : environment['DOCKER_HOST'] || undefined);
  if (told) return endpoint(told, host ? '`--host`' : 'DOCKER_HOST', () => tlsOf(environment, folder));
  const name = context ?? (environment['DOCKER_CONTEXT'] || currentContext(folder));
  if (!name || name === 'default') return endpoint(rootless() ?? defaultHost, 'the default', () => undefined);
  return contextEndpoint(name, folder);
}

function endpoint(host: string, source: string, tls: () => Endpoint['tls']): Endpoint {
  const url = URL.canParse(host) ? new URL(host) : undefined;
  if (!url || !['unix:', 'tcp:', 'http:', 'https:', 'ssh:'].includes(url.protocol) || (url.protocol !== 'unix:' && !url.hostname)) {
    throw new DiagnosticError([diagnose('engine/host', { host: withoutPassword(host), source })]);
  }
  const secured = url.protocol === 'tcp:' || url.protocol === 'https:' ? tls() : undefined;
  return { name: withoutPassword(host), source, url, ...(secured ? { tls: secured } : url.protocol === 'https:' && { tls: { rejectUnauthorized: true } }) };
}

const withoutPassword = (host: string): string => host.replace(/:[^:@/]*@/, '@');

/** Where an engine without root listens; the one of the whole machine goes first. */
function rootless(): string | undefined {
  if (existsSync('/var/run/docker.sock')) return undefined;
  const path = join(homedir(), '.docker/run/docker.sock');
  return existsSync(path) ? `unix://${path}` : undefined;
}

/** `DOCKER_TLS_VERIFY` asks for TLS; `DOCKER_TLS` for TLS with any engine at all. Without either, a folder of certificates asks for it too. */
function tlsOf(environment: NonNullable<EngineOptions['environment']>, folder: string): Endpoint['tls'] {
  const verify = Boolean(environment['DOCKER_TLS_VERIFY']);
  if (!verify && !environment['DOCKER_TLS'] && !environment['DOCKER_CERT_PATH']) return undefined;
  return readCertificates(environment['DOCKER_CERT_PATH'] || folder, verify || !environment['DOCKER_TLS']);
}

function readCertificates(folder: string, rejectUnauthorized: boolean): Endpoint['tls'] {
  const read = (file: string): Buffer | undefined => {
    const path = join(folder, file);
    try {
      return existsSync(path) ? readFileSync(path) : undefined;
    } catch (error) {
      throw new DiagnosticError([diagnose('engine/tls', { name: path, why: (error as Error).message })]);
    }
  };
  const [ca, cert, key] = [read('ca.pem'), read('cert.pem'), read('key.pem')];
  return { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }), rejectUnauthorized };
}

/** What the `docker` command keeps in `config.json`. */
export interface DockerConfig {
  currentContext?: string;
  auths?: Record<string, { auth?: string; identitytoken?: string }>;
  credsStore?: string;
  credHelpers?: Record<string, string>;
}

export function readDockerConfig(folder: string): DockerConfig {
  try {
    return JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8')) as DockerConfig;
  } catch {
    return {};
  }
}

const currentContext = (folder: string): string | undefined => readDockerConfig(folder).currentContext;

/** A context is a folder named by the hash of its name, and one for its certificates. */
function contextEndpoint(name: string, folder: string): Endpoint {
  // Few use contexts, and this module takes time to load.
  const hash = process.getBuiltinModule('node:crypto').createHash('sha256').update(name).digest('hex');
  let docker: { Host?: string; SkipTLSVerify?: boolean } | undefined;
  try {
    const meta = JSON.parse(readFileSync(join(folder, 'contexts/meta', hash, 'meta.json'), 'utf8')) as { Endpoints?: { docker?: typeof docker } };
    docker = meta.Endpoints?.docker;
  } catch {
    // Said below.
  }
  if (!docker?.Host) throw new DiagnosticError([diagnose('engine/context', { name })]);
  const certificates = join(folder, 'contexts/tls', hash, 'docker');
  return endpoint(docker.Host, `the context ${name}`, () => (existsSync(certificates) ? readCertificates(certificates, !docker.SkipTLSVerify) : undefined));
}
