import { existsSync } from 'node:fs'
import { z } from 'zod'
import { trustsStrangers } from './trusted-ranges.ts'

/**
 * The environment, checked once at the start and frozen. The only reader of `process.env` and of `.env`.
 * `.env.example` lists every key with its default; a test holds the two together.
 */
export interface Config {
  readonly production: boolean
  /** Views are compiled, and pages made of them, once; whoever develops sees what was changed in them at once. */
  readonly keepsViews: boolean
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
  /** Who asks for the metrics has to have it; null: there are none. */
  readonly metricsToken: string | null
  readonly logLevel: (typeof LOG_LEVELS)[number]
}

const MODES = ['production', 'development', 'test'] as const
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

/**
 * The environment of this process with what `.env` beside it adds, where there is one. What is set already stays.
 * @throws Error where `.env` cannot be read
 */
export function processEnvironment(): Record<string, string | undefined> {
  if (!existsSync('.env')) return process.env
  try {
    process.loadEnvFile('.env')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new Error(`.env：ファイルを読み取れません（${code}）。所有者と権限を確認してください。`)
  }
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
    keepsViews: env.NODE_ENV !== 'development',
    databasePath: env.DATABASE_PATH,
    host: env.HOST,
    port: env.PORT,
    adminListener: adminPort === undefined ? null : { host: adminHost ?? env.HOST, port: adminPort },
    sessionSecret: env.SESSION_SECRET ?? null,
    publicUrl: (env.PUBLIC_URL ?? `http://${env.HOST}:${env.PORT}`).replace(/\/$/, ''),
    isPublicUrlSet: env.PUBLIC_URL !== undefined,
    trustProxy: env.TRUST_PROXY,
    mail: smtpUrl === undefined || from === undefined ? null : { smtpUrl, from },
    metricsToken: env.METRICS_TOKEN ?? null,
    logLevel: env.LOG_LEVEL,
  })
}

const TRUSTS_STRANGERS =
  'インターネットの広い範囲を含むため、誰でも接続元を偽ることができます。リバースプロキシのアドレスだけを指定してください（例：TRUST_PROXY=127.0.0.1）。'

const port = z
  .string()
  .regex(/^\d{1,5}$/, '1から65535までのポート番号を指定してください。')
  .transform(Number)
  .refine((value) => value <= 65_535, '1から65535までのポート番号を指定してください。')

/** It stands in every mail and letter. */
function hasNoPassword(url: string): boolean {
  const { username = '', password = '' } = URL.parse(url) ?? {}
  return username === '' && password === ''
}

const cidrList = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean),
)

const ADDRESSES = [z.cidrv4(), z.cidrv6(), z.ipv4(), z.ipv6()] as const
const WRONG_ADDRESS = '中継するサーバーのアドレスまたは範囲（CIDR）を、「,」で区切って指定してください。'

function oneOf(values: readonly string[]): string {
  return `${values.join('、')} のいずれかを指定してください。`
}

export const environmentSchema = z
  .object({
    NODE_ENV: z.enum(MODES, oneOf(MODES)).default('development'),
    DATABASE_PATH: z.string().default('data/kakuho.db'),
    HOST: z.string().default('127.0.0.1'),
    PORT: port.default(3000),
    ADMIN_HOST: z.string().optional(),
    ADMIN_PORT: port.optional(),
    SESSION_SECRET: z.string().min(32, '32文字以上にしてください。').optional(),
    PUBLIC_URL: z
      .url({ protocol: /^https?$/, error: 'http:// または https:// で始まるアドレスを指定してください。' })
      .refine((url) => hasNoPassword(url), 'ユーザー名やパスワードを含まないアドレスを指定してください。')
      .optional(),
    // A list of addresses, never `true`: that would let every client forge X-Forwarded-For.
    TRUST_PROXY: cidrList
      .pipe(z.array(z.union(ADDRESSES, WRONG_ADDRESS)))
      .refine((ranges) => !trustsStrangers(ranges), TRUSTS_STRANGERS)
      .default([]),
    SMTP_URL: z
      .url({ protocol: /^smtps?$/, error: 'smtp:// または smtps:// で始まるアドレスを指定してください。' })
      .optional(),
    MAIL_FROM: z.email('メールアドレスだけを1つ、名前を付けずに指定してください。').optional(),
    METRICS_TOKEN: z.string().min(32, '32文字以上にしてください。').optional(),
    LOG_LEVEL: z.enum(LOG_LEVELS, oneOf(LOG_LEVELS)).default('info'),
  })
  .refine((env) => env.NODE_ENV !== 'production' || env.SESSION_SECRET !== undefined, {
    path: ['SESSION_SECRET'],
    message: 'NODE_ENV=production のときは必要です。32文字以上で指定してください。',
  })
  .refine((env) => env.ADMIN_HOST === undefined || env.ADMIN_PORT !== undefined, {
    path: ['ADMIN_PORT'],
    message: 'ADMIN_HOST を指定するときは、ADMIN_PORT も指定してください。',
  })
  .refine((env) => env.SMTP_URL === undefined || env.MAIL_FROM !== undefined, {
    path: ['MAIL_FROM'],
    message: 'SMTP_URL を指定するときは、MAIL_FROM も指定してください。',
  })

function withoutBlanks(environment: Record<string, string | undefined>) {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()))
}

function describe(error: z.ZodError): string {
  const firstOfEach = new Map(
    error.issues.map((issue) => [String(issue.path[0]), issue.message] as const).toReversed(),
  )
  const lines = [...firstOfEach].map(([variable, message]) => `  ${variable}：${message}`)
  return ['設定（環境変数または.env）に誤りがあります。', ...lines.toReversed()].join('\n')
}
