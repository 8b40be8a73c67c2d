import { diagnose, hasKey, hasPasswordInAddress, type Diagnostic, type Place } from '@camelc/diagnostics';
import type { Component } from '@camelc/application/model';
import type { Config, ConfigUse } from './deployment.js';
import type { ImageEntry } from './images-file.js';
import { longestId, uniqueNames } from './names.js';
import type { AskedText } from './settings.js';
import type { VariableResolver } from './variables.js';

/** A file as it was read. */
export interface ConfigFile {
  /** Tells files apart, however they are named. */
  id: string;
  content: string;
  encoding: Config['encoding'];
  /** Of its bytes: how many, and their SHA-256 in hex. */
  size: number;
  hash: string;
}

/**
 * Reads a configuration file.
 * @param namedIn the file that names it: its path is from the folder of that one
 * @returns why it cannot be read, in words, where that is so
 */
export type ReadConfig = (path: string, namedIn: string) => ConfigFile | string;

/** A configuration that a component asks for. */
export interface WantedConfig {
  file: ConfigFile;
  /** Its path, with variables replaced. */
  named: string;
  path: string;
  why: string;
  from: Place;
}

/** A manager refuses an empty config, and one of this many bytes. */
const sizeLimit = 1000 * 1024;

/** A target knows a config by the application, a hyphen, this name, a hyphen and 12 digits of its hash, in 64 characters. */
const longestConfigName = 64 - longestId - 1 - 13;

/**
 * The configurations of a component: a docker argument `config TEXT`, an attribute `config`, `config1`, … with the TEXT as value, where TEXT is
 * `FILE:/path`; and those of the images file, path and FILE. Each FILE is relative to the folder of the file that names it.
 * @param asked the texts of its docker arguments
 * @param taken paths at which it finds something else
 */
export function configsOf(
  component: Component,
  asked: readonly AskedText[],
  taken: readonly string[],
  entry: ImageEntry | undefined,
  variables: VariableResolver,
  read: ReadConfig,
): { configs: WantedConfig[]; diagnostics: Diagnostic[] } {
  const configs: WantedConfig[] = [];
  const diagnostics: Diagnostic[] = [];
  const add = (text: string, place: Place): void => {
    const [, written, path] = /^([^:\s/][^:]*):(\/[^:\s]+)$/.exec(text.trim()) ?? [];
    if (
      written === undefined ||
      path === undefined ||
      path
        .split('/')
        .slice(1)
        .some((step) => ['', '.', '..'].includes(step))
    ) {
      diagnostics.push(diagnose('deployment/config', { component: component.name }, place));
      return;
    }
    const credential = variables.credentialIn(written);
    if (credential) {
      diagnostics.push(diagnose('deployment/embedded-credential', { component: component.name, name: 'config', variable: credential }, place));
      return;
    }
    const named = variables.resolve(written, place);
    if (!variables.knowsAllOf(written)) return;
    if (taken.includes(path) || configs.some((other) => other.path === path)) {
      diagnostics.push(diagnose('deployment/config-clash', { component: component.name, path }, place));
      return;
    }
    const file = read(named, place.file);
    const problem = typeof file === 'string' ? file : sizeProblem(file);
    if (typeof file === 'string' || problem !== undefined) {
      diagnostics.push(diagnose('deployment/config-file', { file: written, problem: problem! }, place));
      return;
    }
    if (file.encoding === 'utf8' && (hasKey(file.content) || hasPasswordInAddress(file.content))) {
      diagnostics.push(diagnose('deployment/config-credential', { file: written }, place));
    }
    configs.push({ file, named, path, why: `${component.name} asks for ${written} at ${path}`, from: place });
  };
  const attributes = component.attributes.filter(({ name, value }) => /^config\d*$/i.test(name) && value !== undefined);
  for (const { text, place } of asked) add(text, place);
  for (const { value, valuePlace, place } of attributes) add(String(value), valuePlace ?? place);
  for (const { name, text, place } of entry?.configs ?? []) add(`${text}:${name}`, place);
  return { configs, diagnostics };
}

const sizeProblem = ({ size }: ConfigFile): string | undefined =>
  size === 0 ? 'is empty' : size >= sizeLimit ? `has ${size} bytes, and a config has fewer than ${sizeLimit}` : undefined;

/** One configuration for each file, whichever services read it, and where each of them does. */
export function placeConfigs(wanted: readonly (readonly WantedConfig[])[]): { configs: Config[]; uses: ConfigUse[][] } {
  const all = wanted.flat();
  const distinct = all.filter(({ file }, index) => all.findIndex((other) => other.file.id === file.id) === index);
  const names = uniqueNames(
    distinct.map(({ named }) => fileName(named)),
    longestConfigName,
  );
  const nameOf = ({ file }: WantedConfig): string => names[distinct.findIndex((other) => other.file.id === file.id)]!;
  return {
    configs: distinct.map((first) => {
      const { content, encoding, hash } = first.file;
      const its = all.filter(({ file }) => file.id === first.file.id);
      return { name: nameOf(first), file: first.named, content, encoding, hash, why: [...new Set(its.map(({ why }) => why))].join('; '), from: its.map(({ from }) => from) };
    }),
    uses: wanted.map((configs) => configs.map((config) => ({ config: nameOf(config), path: config.path, why: config.why, from: [config.from] }))),
  };
}

/** A path as a name: what is nearest to the file stays where it is too long. So the name does not hang on what other files there are. */
function fileName(path: string): string {
  const plain = path
    .replace(/(^|\/)\.{1,2}(?=\/)/g, '')
    .replace(/[^A-Za-z0-9.]+/g, '-')
    .slice(-longestConfigName)
    .replace(/^[-.]+|[-.]+$/g, '');
  return plain || 'unnamed';
}
