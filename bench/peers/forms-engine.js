/**
 * The same questions asked by DEFRA's forms engine: one page, its summary, the sending, which keeps nothing.
 * `node forms-engine.js HOSPITALS.json PORT`. Set up as its documentation says, with a log line a request as ours
 * has; what is typed lies in memory.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Engine } from '@hapi/catbox-memory'
import crumb from '@hapi/crumb'
import hapi from '@hapi/hapi'
import yar from '@hapi/yar'
import pino from 'hapi-pino'

const [file, port] = process.argv.slice(2)
const hospitals = JSON.parse(readFileSync(file, 'utf8'))
const { default: plugin } = await import('@defra/forms-engine-plugin')
const { CacheService } = await import('@defra/forms-engine-plugin/cache-service.js')

let lastId = 0
const FORM = { id: '661e4ca5039739ef2902b214', slug: 'survey', title: '意向調査' }
const by = { createdAt: new Date(), createdBy: { id: 'a', displayName: 'a' } }
const author = { ...by, updatedAt: new Date(), updatedBy: by.createdBy }
const metadata = {
  ...{ ...FORM, ...author, organisation: 'Defra', teamName: 'A', teamEmail: 'a@example.jp' },
  ...{ submissionGuidance: 'A', notificationEmail: 'a@example.jp', live: author },
}

const choices = (...texts) => texts.map((text, index) => ({ text, value: `c${index}` }))
const list = (name, items, type = 'string') => ({ id: id(), name, title: name, type, items })
const field = (type, name, title, more = {}) => ({
  id: id(),
  type,
  name,
  title,
  options: {},
  schema: {},
  ...more,
})
const optional = { options: { required: false } }

const lists = {
  hospitals: list(
    'hospitals',
    hospitals.map((text, index) => ({ text, value: `h${index}` })),
  ),
  emr: list('emr', choices('全ての部署に導入済み', '一部に導入済み', '導入予定', '導入していない')),
  intent: list('intent', choices('両方', 'ネットワークのみ', 'バックアップのみ', '未定', '希望しない')),
}

const definition = {
  name: FORM.title,
  engine: 'V2',
  schema: 2,
  startPage: '/questions',
  pages: [
    {
      id: id(),
      title: FORM.title,
      path: '/questions',
      next: [],
      components: [
        field('SelectField', 'hospital', '病院名', { list: lists.hospitals.id }),
        field('TextField', 'department', '部署名', optional),
        field('TextField', 'contactName', '担当者氏名'),
        field('TextField', 'phone', '電話番号'),
        field('EmailAddressField', 'email', 'メールアドレス'),
        field('RadiosField', 'emr', '電子カルテの導入状況', { list: lists.emr.id }),
        field('TextField', 'plannedMonth', '導入予定月', optional),
        field('RadiosField', 'intent', '支援の希望', { list: lists.intent.id }),
        field('YesNoField', 'consent', 'G-MISの回答の利用への同意'),
        field('MultilineTextField', 'correction', '台帳の訂正', optional),
        field('MultilineTextField', 'remarks', '備考', optional),
      ],
    },
    { id: id(), title: '', path: '/summary', controller: 'SummaryPageController' },
  ],
  lists: Object.values(lists),
  sections: [],
  conditions: [],
}

function id() {
  lastId += 1
  return `00000000-0000-4000-8000-${String(lastId).padStart(12, '0')}`
}

const server = hapi.server({
  host: '127.0.0.1',
  port: Number(port),

  cache: [{ name: 'session', engine: new Engine() }],
})
await server.register(pino)
await server.register({ plugin: crumb, options: { cookieOptions: { isSecure: false } } })
await server.register({
  plugin: yar,
  options: {
    maxCookieSize: 0,
    cache: { cache: 'session', segment: 'session' },
    cookieOptions: { password: 'a secret of the benchmark, at least 32 characters', isSecure: false },
  },
})
const layouts = fileURLToPath(new URL('.', import.meta.resolve('@defra/forms-engine-plugin')))
await server.register({
  plugin,
  options: {
    cache: new CacheService({ server, cacheName: 'session' }),
    baseUrl: `http://127.0.0.1:${port}`,
    nunjucks: {
      baseLayoutPath: 'dxt-devtool-baselayout.html',
      paths: [join(layouts, '../../../../src/server/devserver')],
    },
    viewContext: () => ({
      config: { serviceName: FORM.title },
      assetPath: '/assets',
      getDxtAssetPath: (asset) => `/${asset}`,
    }),
    services: {
      formsService: {
        getFormMetadata: async () => metadata,
        getFormMetadataById: async () => metadata,
        getFormDefinition: async () => definition,
      },
      formSubmissionService: {
        persistFiles: async () => ({}),
        submit: async () => ({ message: '', result: { files: { main: '', repeaters: {} } } }),
      },
      outputService: { submit: async () => {} },
    },
  },
})
await server.start()
