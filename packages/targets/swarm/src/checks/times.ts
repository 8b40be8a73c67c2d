import { diagnose, type Diagnostic } from '@camelc/diagnostics';
import type { Stack } from '../stack.js';

const second: Record<string, number> = { ns: 1e-9, us: 1e-6, µs: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 };

/** Durations: written as Go does, none negative, and those of health checks a millisecond or more where they are not 0. */
export function checkTimes(stack: Stack): Diagnostic[] {
  return Object.entries(stack.services).flatMap(([name, { deploy, healthcheck, stop_grace_period }]) => {
    const path = `services.${name}`;
    const some = {
      stop_grace_period,
      'deploy.restart_policy.delay': deploy?.restart_policy?.delay,
      'deploy.restart_policy.window': deploy?.restart_policy?.window,
      'deploy.update_config.delay': deploy?.update_config?.delay,
      'deploy.update_config.monitor': deploy?.update_config?.monitor,
      'deploy.rollback_config.delay': deploy?.rollback_config?.delay,
      'deploy.rollback_config.monitor': deploy?.rollback_config?.monitor,
    };
    const checks = {
      'healthcheck.interval': healthcheck?.interval,
      'healthcheck.timeout': healthcheck?.timeout,
      'healthcheck.start_period': healthcheck?.start_period,
      'healthcheck.start_interval': healthcheck?.start_interval,
    };
    return [...tooShort(path, some, 0), ...tooShort(path, checks, 0.001)];
  });
}

function tooShort(path: string, times: Record<string, string | undefined>, least: number): Diagnostic[] {
  return Object.entries(times).flatMap(([key, time]) => {
    if (time === undefined) return [];
    const seconds = secondsOf(time);
    if (seconds === 0 || seconds >= least) return [];
    return [diagnose('swarm/value', { path: `${path}.${key}`, value: time, allowed: `a duration like 10s or 1m30s${least > 0 ? ' of at least 1ms' : ''}` })];
  });
}

/** Of a duration as Go writes it; NaN where it is none, or negative. */
function secondsOf(time: string): number {
  if (time === '0') return 0;
  if (!/^(\d+(\.\d*)?(ns|us|µs|ms|s|m|h))+$/.test(time)) return NaN;
  return [...time.matchAll(/(\d+(?:\.\d*)?)(ns|us|µs|ms|s|m|h)/g)].reduce((sum, [, number, unit]) => sum + Number(number) * second[unit!]!, 0);
}
