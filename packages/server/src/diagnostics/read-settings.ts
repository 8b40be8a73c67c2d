import { checkSettings } from '@camelc/project';
import type { ReadSettings } from './folder-settings.js';

/** Reads them from the disk. */
export const readSettings: ReadSettings = (folder, top) => {
  const { settings, diagnostics } = checkSettings([folder], { sources: new Map() }, top);
  return { severities: settings?.severities, diagnostics: diagnostics.filter((d) => d.place) };
};
