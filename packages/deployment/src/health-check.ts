import { diagnose, type Diagnostic } from '@camelc/diagnostics';
import type { Attribute, Component } from '@camelc/application/model';
import type { HealthCheck } from './deployment.js';
import type { ImageEntry } from './images-file.js';

const feature = 'healthcheck.';
const durations = ['interval', 'timeout', 'startPeriod'] as const;
const known = ['command', ...durations, 'retries'];
const secondsOf: Record<string, number> = { milliseconds: 0.001, seconds: 1, minutes: 60, hours: 3600 };

/**
 * The health check of a component: from the images file, else from its feature `healthCheck` with the attributes `command` (run by the
 * image's shell), `interval`, `timeout`, `startPeriod` (seconds, or in their own unit) and `retries`. None: the image's own counts.
 */
export function healthCheckOf(component: Component, entry: ImageEntry | undefined): { healthCheck?: HealthCheck; diagnostics: Diagnostic[] } {
  if (entry?.healthCheck) {
    const { command, ...times } = entry.healthCheck;
    return { healthCheck: { test: Array.isArray(command) ? ['CMD', ...command] : ['CMD-SHELL', command], ...times }, diagnostics: [] };
  }
  const attributes = component.attributes.filter(({ path }) => path.toLowerCase().startsWith(feature));
  if (!attributes.length) return { diagnostics: [] };

  const diagnostics: Diagnostic[] = [];
  const refuse = (attribute: Attribute, problem: string): undefined => {
    diagnostics.push(diagnose('deployment/health-check', { component: component.name, problem }, attribute.valuePlace ?? attribute.place));
  };
  const check: Partial<HealthCheck> = {};
  for (const attribute of attributes) {
    const { name, value } = attribute;
    const factor = secondsOf[attribute.unit?.split('.').at(-1)?.toLowerCase() ?? 'seconds'];
    if (name === 'command') {
      if (typeof value === 'string' && value.trim()) check.test = ['CMD-SHELL', value];
      else refuse(attribute, 'its `command` is not a text');
    } else if (name === 'retries') {
      if (Number.isInteger(value) && Number(value) >= 1) check.retries = Number(value);
      else refuse(attribute, 'its `retries` are not a whole number of at least 1');
    } else if (isDuration(name)) {
      if (typeof value === 'number' && (value > 0 || (value === 0 && name === 'startPeriod')) && factor) check[name] = value * factor;
      else refuse(attribute, `its \`${name}\` is not a positive time`);
    } else {
      refuse(attribute, `it has no \`${name}\`, only ${known.join(', ')}`);
    }
  }
  if (!check.test && !diagnostics.length) refuse(attributes[0]!, 'it has no `command`');
  return { ...(check.test && { healthCheck: { ...check, test: check.test } }), diagnostics };
}

const isDuration = (name: string): name is (typeof durations)[number] => durations.some((duration) => duration === name);
