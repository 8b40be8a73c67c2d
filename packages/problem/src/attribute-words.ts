import type { DecisionAttribute } from '@camelc/application/model';

/** Words for attributes in messages. */
export const attributeWords: Record<DecisionAttribute, string> = {
  cores: 'number of cores',
  memory: 'memory',
  storage: 'storage',
  cardinality: 'number of instances',
  latitude: 'latitude',
  longitude: 'longitude',
  price: 'price',
};
