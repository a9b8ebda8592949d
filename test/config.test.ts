import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { expect, test } from 'vitest'
import { environmentSchema, readConfig } from '../src/config.ts'

const EXAMPLE = readFileSync(resolve(import.meta.dirname, '../.env.example'), 'utf8')

test('.env.example names every variable, and its values are the defaults', () => {
  const named = [...EXAMPLE.matchAll(/^#? ?([A-Z_]+)=/gm)].map(([, name]) => name)
  expect(named.toSorted()).toEqual(Object.keys(environmentSchema.shape).toSorted())
  expect(readConfig(parseEnv(EXAMPLE))).toEqual(readConfig({}))
})

test('the examples of optional variables are usable', () => {
  const everything = parseEnv(EXAMPLE.replace(/^# ([A-Z_]+=.+)$/gm, '$1'))
  const config = readConfig(everything)
  expect(config.adminListener).toEqual({ host: '10.0.0.5', port: 3001 })
  expect(config.trustProxy).toEqual(['127.0.0.1', '10.0.0.0/8'])
  expect(config.publicUrl).toBe('https://kakuho.pref.example.jp')
  expect(config.mail).toEqual({
    smtpUrl: 'smtps://kakuho:password@mail.pref.example.jp:465',
    from: 'kakuho@pref.example.jp',
  })
})

test('every wrong variable is named, all at once', () => {
  const wrong = {
    PORT: '70000',
    TRUST_PROXY: 'true',
    LOG_LEVEL: 'loud',
    SESSION_SECRET: 'short',
    PUBLIC_URL: 'kakuho',
    SMTP_URL: 'https://mail.pref.example.jp',
    MAIL_FROM: '県庁 <kakuho@pref.example.jp>',
  }
  const names = () => readConfig(wrong)
  for (const name of Object.keys(wrong)) expect(names).toThrow(name)
})

test('the address that stands in every mail has no password', () => {
  expect(() => readConfig({ PUBLIC_URL: 'https://tanto:himitsu@kakuho.example.jp' })).toThrow('PUBLIC_URL')
})

test('production does not start without a secret', () => {
  expect(() => readConfig({ NODE_ENV: 'production' })).toThrow('SESSION_SECRET')
  expect(readConfig({ NODE_ENV: 'production', SESSION_SECRET: 'x'.repeat(32) }).production).toBe(true)
})

test('an address for the officers’ side needs its port', () => {
  expect(() => readConfig({ ADMIN_HOST: '10.0.0.5' })).toThrow('ADMIN_PORT')
})

test('mail needs an address to come from', () => {
  expect(() => readConfig({ SMTP_URL: 'smtp://mail.pref.example.jp' })).toThrow('MAIL_FROM')
})
