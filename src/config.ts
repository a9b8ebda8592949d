import { existsSync } from 'node:fs'
import { z } from 'zod'

/**
 * The environment, checked once at the start and frozen. The only reader of `process.env` and of `.env`.
 * `.env.example` lists every key with its default; a test holds the two together.
 */
export interface Config {
  readonly production: boolean
  readonly databasePath: string
  readonly host: string
  readonly port: number
  /** Set when the officers' side has a listener of its own; the public one then answers 404 for /admin. */
  readonly adminListener: { readonly host: string; readonly port: number } | null
  readonly sessionSecret: string | null
  readonly publicUrl: string
  /** Whether PUBLIC_URL says it; else it is made of host and port. */
  readonly isPublicUrlSet: boolean
  readonly trustProxy: readonly string[]
  /** Through which server and from which address mails go out; null: none does. */
  readonly mail: { readonly smtpUrl: string; readonly from: string } | null
  readonly logLevel: (typeof LOG_LEVELS)[number]
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

/** The environment of this process with what `.env` beside it adds, where there is one. What is set already stays. */
export function processEnvironment(): Record<string, string | undefined> {
  if (existsSync('.env')) process.loadEnvFile('.env')
  return process.env
}

/** @throws Error that lists every wrong variable, one a line. */
export function readConfig(environment: Record<string, string | undefined> = processEnvironment()): Config {
  const parsed = environmentSchema.safeParse(withoutBlanks(environment))
  if (!parsed.success) throw new Error(describe(parsed.error))
  const env = parsed.data
  const { ADMIN_HOST: adminHost, ADMIN_PORT: adminPort, SMTP_URL: smtpUrl, MAIL_FROM: from } = env
  return Object.freeze({
    production: env.NODE_ENV === 'production',
    databasePath: env.DATABASE_PATH,
    host: env.HOST,
    port: env.PORT,
    adminListener: adminPort === undefined ? null : { host: adminHost ?? env.HOST, port: adminPort },
    sessionSecret: env.SESSION_SECRET ?? null,
    publicUrl: (env.PUBLIC_URL ?? `http://${env.HOST}:${env.PORT}`).replace(/\/$/, ''),
    isPublicUrlSet: env.PUBLIC_URL !== undefined,
    trustProxy: env.TRUST_PROXY,
    mail: smtpUrl === undefined || from === undefined ? null : { smtpUrl, from },
    logLevel: env.LOG_LEVEL,
  })
}

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port number')
  .transform(Number)
  .refine((value) => value <= 65_535, 'must be a port number up to 65535')

const cidrList = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean),
)

export const environmentSchema = z
  .object({
    NODE_ENV: z.enum(['production', 'development', 'test']).default('development'),
    DATABASE_PATH: z.string().default('data/kakuho.db'),
    HOST: z.string().default('127.0.0.1'),
    PORT: port.default(3000),
    ADMIN_HOST: z.string().optional(),
    ADMIN_PORT: port.optional(),
    SESSION_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
    PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'must be an http(s) address' }).optional(),
    // A list of addresses, never `true`: that would let every client forge X-Forwarded-For.
    TRUST_PROXY: cidrList.pipe(z.array(z.union([z.cidrv4(), z.cidrv6(), z.ipv4(), z.ipv6()]))).default([]),
    SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must be an smtp:// or smtps:// address' }).optional(),
    MAIL_FROM: z.email('must be one mail address, without a name').optional(),
    LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
  })
  .refine((env) => env.NODE_ENV !== 'production' || env.SESSION_SECRET !== undefined, {
    path: ['SESSION_SECRET'],
    message: 'is required when NODE_ENV=production',
  })
  .refine((env) => env.ADMIN_HOST === undefined || env.ADMIN_PORT !== undefined, {
    path: ['ADMIN_PORT'],
    message: 'is required with ADMIN_HOST',
  })
  .refine((env) => env.SMTP_URL === undefined || env.MAIL_FROM !== undefined, {
    path: ['MAIL_FROM'],
    message: 'is required with SMTP_URL',
  })

function withoutBlanks(environment: Record<string, string | undefined>) {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()))
}

function describe(error: z.ZodError): string {
  return ['The environment is not usable:', ...error.issues.map(line)].join('\n')
}

function line(issue: z.core.$ZodIssue): string {
  return `  ${String(issue.path[0] ?? 'environment')}: ${issue.message}`
}
