/** The version of the tool. */
export const version = '0.1.0';
