import { constants } from 'node:zlib'
import compress from '@fastify/compress'
import type { FastifyInstance } from 'fastify'

/**
 * Compresses what the routes of this scope send. Never the officers' pages: they hold a CSRF token beside text that
 * others wrote, and the length of a compressed page tells of what repeats in it.
 */
export async function registerCompression(app: FastifyInstance): Promise<void> {
  await app.register(compress, {
    encodings: ['br', 'gzip'],
    globalDecompression: false,
    // A page is some ten kilobytes: a window of four megabytes for each would be laid out in vain.
    brotliOptions: {
      params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_LGWIN]: 16 },
    },
  })
}
