import { newSigner } from '../../src/signing-key.ts'

/** Of one worker: a key that lies in no file. */
export const testSigner = newSigner()
