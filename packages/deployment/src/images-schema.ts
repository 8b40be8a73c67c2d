const seconds = { type: 'number', exclusiveMinimum: 0 };
const texts = { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean'] } };
const command = { type: ['string', 'array'], minLength: 1, minItems: 1, items: { type: 'string' } };

/** JSON schema of an images file. */
export const imagesSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Images of components',
  description: 'For each component by name: its container image, and what else its service needs that the model does not say.',
  type: 'object',
  additionalProperties: {
    type: ['string', 'object'],
    minLength: 1,
    additionalProperties: false,
    properties: {
      image: { type: 'string', minLength: 1, description: 'Reference of the image; $NAME and ${NAME} are replaced by --var or the environment.' },
      command: { ...command, description: "In place of the image's own; one string is split into words." },
      environment: { ...texts, description: 'Variables of the service; those named like a credential must be a $VARIABLE and become secrets.' },
      secrets: { type: 'object', additionalProperties: { type: 'string' }, description: 'Further credentials: name of the setting and the $VARIABLE that stands for it.' },
      configs: { type: 'object', additionalProperties: { type: 'string' }, description: 'Configuration files: the path in the container and the file, relative to this one.' },
      healthCheck: {
        type: 'object',
        additionalProperties: false,
        required: ['command'],
        properties: {
          command: { ...command, description: "One string is run by the image's shell, a list is run as it is." },
          interval: { ...seconds, description: 'Seconds between two checks.' },
          timeout: { ...seconds, description: 'Seconds after which a check has failed.' },
          startPeriod: { type: 'number', minimum: 0, description: 'Seconds after the start in which a failed check does not count.' },
          retries: { type: 'integer', minimum: 1, description: 'Failed checks in a row that make the service unhealthy.' },
        },
      },
    },
  },
} as const;
