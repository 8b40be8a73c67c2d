import { diagnose, type Diagnostic, type Place } from '@camelc/diagnostics';
import type { Component } from '@camelc/application/model';
import { dnsLabel } from './names.js';
import type { AskedText } from './settings.js';

/** A volume that a component asks for. */
export interface WantedVolume {
  /** Its name before it is made unique; volumes of one component with one name are one. */
  wanted: string;
  path: string;
  readOnly: boolean;
  why: string;
  from: Place[];
}

/**
 * The volumes of a component: a docker argument `volume TEXT`, an attribute `volume`, `volume1`, … with the TEXT as value, where TEXT is `/path` or
 * `name:/path`, each with `:ro` for read-only; and for each of its data sources one at `/data/SOURCE`.
 * @param asked the texts of its docker arguments
 */
export function volumesOf(component: Component, service: string, asked: readonly AskedText[]): { volumes: WantedVolume[]; diagnostics: Diagnostic[] } {
  const volumes: WantedVolume[] = [];
  const diagnostics: Diagnostic[] = [];
  const add = (volume: WantedVolume): void => {
    if (volumes.some(({ path }) => path === volume.path)) diagnostics.push(diagnose('deployment/volume-clash', { component: component.name, path: volume.path }, volume.from[0]));
    else volumes.push(volume);
  };
  const attributes = component.attributes
    .filter(({ name, value }) => /^volume\d*$/i.test(name) && value !== undefined)
    .map(({ value, valuePlace, place }) => ({ text: String(value), place: valuePlace ?? place }));
  for (const { text, place } of [...asked, ...attributes]) {
    const match = /^(?:([A-Za-z0-9][\w.-]*):)?(\/[^:\s]+)(:r[ow])?$/.exec(text.trim());
    if (!match) {
      diagnostics.push(diagnose('deployment/volume', { component: component.name }, place));
      continue;
    }
    const [, name, path = '', access] = match;
    add({ wanted: dnsLabel(`${service}-${name ?? path}`), path, readOnly: access === ':ro', why: `${component.name} asks for a volume at ${path}`, from: [place] });
  }
  for (const source of component.dataSources) {
    const name = source.split('.').at(-1)!;
    add({ wanted: dnsLabel(`${service}-${name}`), path: `/data/${name}`, readOnly: false, why: `${component.name} has the data source ${name}`, from: [component.place] });
  }
  if (component.longLived && !volumes.length && !diagnostics.length) {
    diagnostics.push(diagnose('deployment/long-lived-without-volume', { component: component.name }, component.place));
  }
  return { volumes, diagnostics };
}
