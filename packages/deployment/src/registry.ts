/** Docker arguments and attributes of a configuration that are logins to the image's registry, in lower case. */
export const registryKeys: ReadonlyMap<string, 'user' | 'password'> = new Map([
  ['username', 'user'],
  ['dockerusername', 'user'],
  ['password', 'password'],
  ['dockerpassword', 'password'],
]);
