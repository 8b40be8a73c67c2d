import { DiagnosticError } from '@camelc/diagnostics';
import { findSettings } from '@camelc/project';
import type { ReadSeverities } from './severities.js';

/** Reads them from the disk. What is wrong with the settings is told where models are solved. */
export const readSeverities: ReadSeverities = (folder, top) => {
  try {
    return findSettings([folder], { sources: new Map() }, top).settings?.severities;
  } catch (error) {
    if (error instanceof DiagnosticError) return undefined;
    throw error;
  }
};
