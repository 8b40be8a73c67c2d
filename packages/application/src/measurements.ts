/** Where the values of metrics come from: raw metric contexts and their sensors. */
import { attributesOf, lastName, placeOf, type MetricModel, type RawMetricContext, type Schedule } from '@camelc/language';
import { plainAttribute } from './attributes.js';
import type { Interval, Measurement } from './model.js';

/** The raw metric contexts that name a metric and a sensor. */
export function measurementsOf(models: readonly MetricModel[], components: ReadonlySet<string>): Measurement[] {
  const contexts = models.flatMap(({ contexts }) => contexts).filter((context): context is RawMetricContext => context.$type === 'RawMetricContext');
  return contexts.flatMap((context) => {
    const sensor = context.sensor?.ref;
    if (!sensor || !context.metric) return [];
    const component = context.objectContext?.ref?.component?.ref?.name;
    if (component !== undefined && !components.has(component)) return [];
    const interval = intervalOf(context.schedule?.ref);
    return [
      {
        name: context.name,
        place: placeOf(context, 'name'),
        metric: lastName(context.metric.$refText),
        ...(component !== undefined && { component }),
        sensor: {
          name: sensor.name,
          place: placeOf(sensor, sensor.config === undefined ? 'name' : 'config'),
          push: sensor.isPush,
          ...(sensor.config !== undefined && { config: sensor.config }),
          attributes: attributesOf(sensor).map(plainAttribute),
        },
        ...(interval && { interval }),
      },
    ];
  });
}

/** How often a schedule comes round; nothing where it does not say. */
export function intervalOf(schedule: Schedule | undefined): Interval | undefined {
  if (schedule?.interval === undefined || !schedule.timeUnit) return undefined;
  return { period: schedule.interval, unit: lastName(schedule.timeUnit.$refText) };
}
