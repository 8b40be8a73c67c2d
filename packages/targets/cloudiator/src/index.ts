/** The target as its users name it. */
export const kind = 'cloudiator';
