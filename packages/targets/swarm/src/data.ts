/** What must stay where it is: data, and components that are not to be moved. */
import { diagnose, type Diagnostic } from '@camelc/diagnostics';
import type { Deployment, Service } from '@camelc/deployment';
import type { RunningHost, RunningState } from '@camelc/plan';
import type { HostMatch } from './match-hosts.js';
import { engineName } from './names.js';
import { runningParts, volumesOf } from './running.js';

/**
 * Errors for each volume, and each component that is annotated unmoveable, that would lose a host.
 * @param leaveData components that may lose it
 */
export function leftBehind(deployment: Deployment, state: RunningState, { hosts }: HostMatch, leaveData: readonly string[]): Diagnostic[] {
  const running = runningParts(deployment.id, state);
  return deployment.services.flatMap((service) => {
    if (leaveData.includes(service.component)) return [];
    const after = new Set(service.placement.flatMap(({ hostGroup }) => hosts.get(hostGroup) ?? []));
    const leaves = (before: readonly RunningHost[]): RunningHost[] => [...new Set(before)].filter((host) => !after.has(host));
    const data = deployment.volumes
      .filter((volume) => volume.service === service.name)
      .flatMap((volume) => {
        const before = running.filter(({ form }) => volumesOf(form).includes(engineName(deployment.id, `volume/${volume.name}`))).flatMap((part) => part.hosts);
        return leaves(before).map((host) =>
          diagnose('plan/data-left-behind', { volume: volume.name, component: service.component, host: host.name, why: whyLeft(host, service) }, volume.from[0]),
        );
      });
    if (data.length || !service.unmoveable) return data;
    const before = running.filter(({ component }) => component === service.component).flatMap((part) => part.hosts);
    const comes = [...after].some((host) => !before.includes(host)) || after.size < new Set(service.placement.map(({ hostGroup }) => hostGroup)).size;
    if (!comes) return [];
    return leaves(before).map((host) => diagnose('plan/unmoveable-host', { component: service.component, host: host.name, why: whyLeft(host, service) }, service.from[0]));
  });
}

const whyLeft = ({ ready }: RunningHost, { component }: Service): string => (ready ? `would no longer carry ${component}` : 'takes no work');
