/** What is measured, and how: the raw metric contexts of the model as monitors. */
import { diagnose, type Diagnostic } from '@camelc/diagnostics';
import type { Attribute, Measurement } from '@camelc/application/model';
import { sinkTypes, type DataSink, type Sensor } from './api.js';
import { intervalOf } from './job.js';

/** A monitor without its targets: these are the processes of the component, or the job. */
export interface WantedMonitor {
  metric: string;
  component?: string;
  sensor: Sensor;
  sinks: DataSink[];
  measurement: Measurement;
}

/** How often a pull sensor is asked where no schedule says it. */
const everyMinute = { unit: 'MINUTES', period: 1 } as const;

/** The monitors of these measurements. */
export function monitorsOf(measurements: readonly Measurement[]): { monitors: WantedMonitor[]; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const monitors = measurements.flatMap((measurement): WantedMonitor[] => {
    const { metric, component, sensor } = measurement;
    const fail = (problem: string, help: string): [] => {
      diagnostics.push(diagnose('cloudiator/sensor', { sensor: sensor.name, problem, help }, sensor.place));
      return [];
    };
    const said = { ...configOf(sensor.config), ...Object.fromEntries(plainAttributes(sensor.attributes)) };
    const sinks = sinksOf(sensor.attributes);
    const wrong = sinks.find(({ type }) => !sinkTypes.includes(type));
    if (wrong) return fail(`${wrong.type || 'its sink without a type'} is no data sink`, `Cloudiator knows ${sinkTypes.join(', ')}`);
    const common = { metric, ...(component !== undefined && { component }), sinks, measurement };
    if (sensor.push) {
      const port = said['port'] ?? (/^\s*\d+\s*$/.test(sensor.config ?? '') ? sensor.config : undefined);
      if (port === undefined) return [{ ...common, sensor: { type: 'PushSensor' } }];
      const number = Number(port);
      if (!(Number.isInteger(number) && number > 0 && number < 65536)) return fail(`\`${port}\` is no port`, 'write a number from 1 to 65535');
      return [{ ...common, sensor: { type: 'PushSensor', port: number } }];
    }
    const { className, ...configuration } = said;
    if (!className) return fail('it does not say which class measures', "write its name as the sensor's `config`, or as an attribute `className`");
    return [{ ...common, sensor: { type: 'PullSensor', className, configuration, interval: intervalOf(measurement.interval) ?? everyMinute } }];
  });
  return { monitors, diagnostics };
}

/** A JSON object of texts, or the name of a class. */
function configOf(config: string | undefined): Record<string, string> {
  if (config === undefined || config.trim() === '') return {};
  try {
    const json: unknown = JSON.parse(config);
    if (json && typeof json === 'object' && !Array.isArray(json)) return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, String(value)]));
  } catch {
    // It is no JSON.
  }
  return /^[A-Za-z_$][\w$]*(\.[A-Za-z_$][\w$]*)*$/.test(config.trim()) ? { className: config.trim() } : {};
}

const inSink = /^(sink\w*)\.(.+)$/i;

const plainAttributes = (attributes: readonly Attribute[]): [string, string][] =>
  attributes.flatMap(({ path, name, value }) => (value === undefined || inSink.test(path) ? [] : [[name, String(value)]]));

/** Each feature named `sink…` with its attributes. */
function sinksOf(attributes: readonly Attribute[]): DataSink[] {
  const sinks = new Map<string, Record<string, string>>();
  for (const { path, value } of attributes) {
    const [, sink, name] = inSink.exec(path) ?? [];
    if (sink !== undefined && name !== undefined && value !== undefined) sinks.set(sink, { ...sinks.get(sink), [name]: String(value) });
  }
  return [...sinks.values()].map(({ type = '', ...configuration }) => ({ type: type.toUpperCase() as DataSink['type'], configuration }));
}
