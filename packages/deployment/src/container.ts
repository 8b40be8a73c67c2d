import { diagnose, holdsCredential, type Diagnostic, type Place } from '@camelc/diagnostics';
import type { Attribute, Component, Configuration } from '@camelc/application/model';
import { registryKeys } from './registry.js';
import type { ImageEntry } from './images-file.js';

/** What a component says about its container, as written: variables are not resolved yet. */
export interface Container {
  image: { text: string; place: Place };
  command?: string | string[];
  settings: Setting[];
  /** How the image came to be known, to follow `its image is`. */
  source: string;
  from: Place[];
}

/** A name with a value: a docker argument, an environment variable, a secret. */
export interface Setting {
  kind: 'argument' | 'environment' | 'secret';
  name: string;
  text: string;
  place: Place;
  annotations: string[];
}

/**
 * The container of a component: from its container configuration, or its docker configuration, or the images file, which counts before both.
 * Settings of the file come last, so that they replace those of the model.
 */
export function containerOf(component: Component, entry: ImageEntry | undefined): { container?: Container; diagnostics: Diagnostic[] } {
  const { configuration } = component;
  const modelled = configuration?.kind === 'container' || configuration?.kind === 'docker' ? configuration : undefined;
  const image = entry?.image ?? (modelled && { text: modelled.image, place: modelled.imagePlace });
  if (!image) {
    const has = configuration ? `has ${configurationNames[configuration.kind]}, which no container can carry` : 'has no configuration';
    return { diagnostics: [diagnose('deployment/no-image', { component: component.name, has }, configuration?.place ?? component.place)] };
  }

  const settings: Setting[] = [];
  const diagnostics: Diagnostic[] = [];
  const add = (kind: Setting['kind'], attribute: Attribute): void => {
    const { name, value, annotations } = attribute;
    const place = attribute.valuePlace ?? attribute.place;
    if (value === undefined) diagnostics.push(diagnose('deployment/no-value', { component: component.name, name }, place));
    else settings.push({ kind, name, text: String(value), place, annotations });
  };
  if (modelled?.kind === 'container') {
    modelled.environment.forEach((attribute) => add('environment', attribute));
    for (const attribute of modelled.attributes) {
      const name = registryKeys.has(attribute.name.toLowerCase()) ? attribute.name : /^(volume|config)\d*$/.exec(attribute.name)?.[1];
      if (name !== undefined) add('argument', { ...attribute, name });
    }
  } else if (modelled) {
    for (const { key, value, place, annotations } of modelled.arguments) settings.push({ kind: 'argument', name: key, text: value, place, annotations });
  }
  for (const { name, text, place } of entry?.environment ?? []) settings.push({ kind: 'environment', name, text, place, annotations: [] });
  for (const { name, text, place } of entry?.secrets ?? []) settings.push({ kind: 'secret', name, text, place, annotations: [] });

  const command = entry?.command ?? (modelled?.kind === 'container' ? modelled.start : undefined);
  if (command !== undefined && [command].flat().some(holdsCredential)) {
    diagnostics.push(diagnose('deployment/literal-credential', { component: component.name, name: 'command' }, entry?.command === undefined ? modelled!.place : entry.place));
  }
  const source = entry?.image ? 'named in the images file' : `that of ${modelled!.name}`;
  const from = [...(modelled ? [modelled.place] : []), ...(entry ? [entry.place] : [])];
  return { container: { image, ...(command !== undefined && { command }), settings, source, from }, diagnostics };
}

const configurationNames: Record<Configuration['kind'], string> = {
  container: 'a container configuration',
  docker: 'a docker configuration',
  script: 'a script configuration',
  image: 'a machine image',
  serverless: 'a serverless configuration',
  cluster: 'a cluster configuration',
  paas: 'a PaaS configuration',
};

/**
 * Docker's grammar of image references: an optional registry, a path in lower case, a tag, a digest.
 * Source: github.com/distribution/reference.
 */
const reference =
  /^(?:(?<server>localhost(?::\d+)?|(?=[^/]*[.:])[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d+)?)\/)?[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*)*(?::\w[\w.-]{0,127})?(?:@[a-z][a-z0-9]*:[0-9a-fA-F]{32,})?$/;

export const isImageReference = (image: string): boolean => reference.test(image);

/** The registry that serves an image; Docker's own where it names none. */
export const registryOf = (image: string): string => reference.exec(image)?.groups?.['server'] ?? 'docker.io';
