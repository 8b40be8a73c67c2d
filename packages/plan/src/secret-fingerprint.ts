import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Secret } from './secret.js';

/**
 * Tells one value from another without saying anything of it to those who lack the key: 12 hexadecimal digits of an HMAC-SHA-256.
 * @param key of the target and the application, so that equal values elsewhere do not show as equal
 */
export const fingerprint = (secret: Secret, key: string | Uint8Array): string =>
  bytesToHex(hmac(sha256, typeof key === 'string' ? utf8ToBytes(key) : key, utf8ToBytes(secret.reveal()))).slice(0, 12);
