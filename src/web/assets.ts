import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { registerCompression } from './compression.ts'
import { stylesheets } from './stylesheets.ts'
import { sendVariant, type Variants, variantsOf } from './variants.ts'

export const PUBLIC_ROOT = resolve(import.meta.dirname, '../../public')
export const STYLES_ROOT = resolve(PUBLIC_ROOT, 'styles')

const PREFIX = '/assets/'
const FOR_EVER = 'public, max-age=31536000, immutable'
const styles = stylesheets(STYLES_ROOT)
/** Encoded once, however many listeners send them. */
const variants = new Map([...styles].map(([name, css]) => [name, variantsOf(css)]))
const versions = new Map<string, string>()

/** Address of a file in public/, with its content's hash: it may be cached for ever and never goes stale. */
export function assetUrl(name: string): string {
  const version = versions.get(name) ?? contentVersion(name)
  versions.set(name, version)
  return `${PREFIX}${name}?v=${version}`
}

export async function registerAssets(app: FastifyInstance): Promise<void> {
  await app.register(async (scope) => {
    await registerCompression(scope)
    for (const [name, each] of variants) stylesheetRoute(scope, name, each)
    await scope.register(fastifyStatic, {
      root: PUBLIC_ROOT,
      prefix: PREFIX,
      index: false,
      maxAge: '365d',
      immutable: true,
    })
  })
}

function stylesheetRoute(app: FastifyInstance, name: string, variants: Variants): void {
  app.get(PREFIX + name, { compress: false }, (_request, reply) =>
    sendVariant(reply.type('text/css; charset=utf-8').header('cache-control', FOR_EVER), variants),
  )
}

function contentVersion(name: string): string {
  return createHash('sha256')
    .update(styles.get(name) ?? readFileSync(resolve(PUBLIC_ROOT, name)))
    .digest('hex')
    .slice(0, 10)
}
