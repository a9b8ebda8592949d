import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { programFile } from '../program-files.ts'
import { registerCompression } from './compression.ts'
import { scripts } from './scripts.ts'
import { stylesheets } from './stylesheets.ts'
import { sendVariant, type Variants, variantsOf } from './variants.ts'

export const PUBLIC_ROOT = programFile('public')
export const STYLES_ROOT = resolve(PUBLIC_ROOT, 'styles')

const PREFIX = '/assets/'
const FOR_EVER = 'public, max-age=31536000, immutable'
/** What is served in another form than it stands in public/. */
const made = new Map([...stylesheets(STYLES_ROOT), ...scripts(PUBLIC_ROOT)])
/** Encoded once, however many listeners send them. */
const variants = new Map([...made].map(([name, text]) => [name, variantsOf(text)]))
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
    for (const [name, each] of variants) madeRoute(scope, name, each)
    await scope.register(fastifyStatic, {
      root: PUBLIC_ROOT,
      prefix: PREFIX,
      index: false,
      maxAge: '365d',
      immutable: true,
    })
  })
}

function madeRoute(app: FastifyInstance, name: string, variants: Variants): void {
  const type = name.endsWith('.js') ? 'text/javascript; charset=utf-8' : 'text/css; charset=utf-8'
  app.get(PREFIX + name, { compress: false }, (_request, reply) =>
    sendVariant(reply.type(type).header('cache-control', FOR_EVER), variants),
  )
}

function contentVersion(name: string): string {
  return createHash('sha256')
    .update(made.get(name) ?? readFileSync(resolve(PUBLIC_ROOT, name)))
    .digest('hex')
    .slice(0, 10)
}
