import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AuditEntry } from '../../../src/domain/record/audit.ts'
import { prefectureOf } from '../../../src/domain/survey/prefecture.ts'
import { recordReader } from '../../../src/office/record/reading.ts'
import { RECORD_KINDS, sentenceOf } from '../../../src/office/record/sentences.ts'
import { decline, OTSU } from '../../support/decisions.ts'
import { startWholeOffice, type WholeOffice } from '../../support/whole-office.ts'

const ROOT = resolve(import.meta.dirname, '../../..')

/** Made of a noun and what varies. */
const FAMILIES: Record<string, string[]> = {
  '`scenario.${act}`': ['created', 'saved', 'renamed', 'archived', 'reopened'].map(
    (act) => `scenario.${act}`,
  ),
  '`round.${kind}`': ['confirmed', 'declined', 'reopened'].map((kind) => `round.${kind}`),
  '`proposal.${state}`': ['returned', 'withdrawn'].map((state) => `proposal.${state}`),
  "`${isProposal ? 'proposal' : 'round'}.downloaded`": ['proposal.downloaded', 'round.downloaded'],
  '`hospital.${kind}`': ['hospital.closed', 'hospital.reopened'],
  '`acceptance.${verb}`': ['asked', 'changed', 'ended'].map((verb) => `acceptance.${verb}`),
  '`acceptance.${answer.answer}`': ['acceptance.accepted', 'acceptance.declined'],
}

const FILE = /^it\.|\.(json|csv|xlsx|css|js|ts|eta|svg|ico|pdf|txt|html|db|zip|md|gz)$/
/** A past participle after the dot: what has been done. */
const ACTION =
  /['`]((?:[a-z]+-)*[a-z]+\.(?:[a-z]+-)*[a-z]*(?:ed|en|de|ne|used|made-current|read|set|sent|put|undone))['`]/g

/** Every action that the source may write to the record. */
function actionsInSource(): string[] {
  const sources = globSync('src/**/*.ts', {
    cwd: ROOT,
    exclude: (path) => path.startsWith('src/office/record'),
  })
  const found = new Set<string>(['logout'])
  for (const path of sources) {
    const source = readFileSync(resolve(ROOT, path), 'utf8')
    const literal = [
      ...source.matchAll(/\baction\b[^'`\n]{0,20}['`]([a-z-]+\.[a-z-]+)['`]/g),
      ...source.matchAll(ACTION),
    ]
    for (const [, action] of literal) if (!FILE.test(action!)) found.add(action!)
    for (const [template, actions] of Object.entries(FAMILIES))
      if (source.includes(template)) for (const action of actions) found.add(action)
  }
  return [...found].sort()
}

describe('every action', () => {
  const actions = actionsInSource()

  test('is found in the source, and no family of them is forgotten', () => {
    expect(actions.length).toBeGreaterThan(40)
    expect(actions).toEqual(expect.arrayContaining(['login.failed', 'round.declined', 'proposal.returned']))
    const templates = globSync('src/**/*.ts', { cwd: ROOT }).flatMap((path) =>
      [
        ...readFileSync(resolve(ROOT, path), 'utf8').matchAll(
          /action[^\n]*?(`[^`\n]*\$\{[^`\n]*\.[^`\n]*`|`[a-z-]+\.\$\{[^`\n]*`)/g,
        ),
      ].map(([, template]) => template!),
    )
    expect(templates.filter((template) => !(template in FAMILIES) && !template.includes('/'))).toEqual([])
  })

  test.each(actions)('%s has a sentence', (action) => {
    expect(sentenceOf(action)).not.toBeNull()
  })

  test('belongs to the kind that its noun names', () => {
    for (const { nouns, sentences } of RECORD_KINDS)
      for (const action of Object.keys(sentences)) expect(Object.keys(nouns)).toContain(action.split('.')[0])
    const all = RECORD_KINDS.flatMap(({ nouns }) => Object.keys(nouns))
    expect(new Set(all).size).toBe(all.length)
  })
})

describe('a whole office’s record', () => {
  let office: WholeOffice
  beforeAll(async () => {
    office = await startWholeOffice()
    const { stores } = office
    const by = { actor: 'admin', at: new Date('2024-03-21T00:00:00Z'), reason: '試験の理由' }
    stores.overrides.undo(1, by)
    stores.rankMoves.undo(1, by)
    stores.submissions.makeCurrent('R-0006', by)
    stores.submissions.reopen('R-0008', by)
    stores.submissions.unlink('R-0009', by)
    stores.submissions.withdraw('R-0006', { at: by.at, actor: 'admin' })
    stores.policies.scenarios.rename(1, '案の二', by)
    stores.policies.scenarios.archive(1, by)
    stores.policies.scenarios.reopen(1, by)
    stores.staff.enable('ido', by)
    stores.staff.change('tanto', { name: '改姓', role: 'viewer' }, null, by)
    stores.lateLinks.revoke(1, by)
    stores.editions.close(1, 'withdrawn', by)
    stores.settings.change({ secondApproval: 'no', closesAt: '2024-03-25', approvalTitles: '課長' }, by)
    await decline(office.admin, OTSU).catch(() => null)
    for (const url of [
      '/admin/hospitals.csv',
      '/admin/submissions.csv',
      '/admin/nonrespondents.csv',
      '/admin/selection.csv',
      '/admin/selection/order.xlsx',
      '/admin/selection/result.json',
      '/admin/rounds/1/ministry.xlsx',
      '/admin/proposals/1/ministry.csv',
      '/admin/audit.csv',
    ])
      await office.admin.get(url)
    await office.admin.get('/admin/audit')
    await office.admin.post('/admin/audit/verify')
    await office.admin.post('/admin/rounds/1/verify')
  })
  afterAll(() => office.close())

  const lines = () => {
    const read = recordReader(office.stores, { place: prefectureOf('鹿児島県'), mayManage: true })
    return office.stores.audit.all().map((entry) => ({ action: entry.action, ...read(entry) }))
  }

  test('reads as sentences, with no id of the program in them', () => {
    expect(new Set(lines().map(({ action }) => action)).size).toBeGreaterThan(25)
    for (const { text, action, reason } of lines()) {
      expect(text, action).toMatch(/^.+(ました|）)。$/)
      // Beside codes of answers, logins and file names no Latin letters are left.
      const bare = text.replace(
        /^(test|hospital)|R-\d{4}|（[a-z0-9._-]+）|「[^」]*」|試験 [a-z]+|UTF-8|Shift_JIS|CSV|Excel|GMIS|JSON|SHA-256/g,
        '',
      )
      expect(bare.replace(/FAX|^officer/g, ''), action).not.toMatch(/[a-z]|undefined|null|NaN|－位|461\d{7}/i)
      if (reason) expect(reason.text).not.toBe('')
    }
  })

  test('leads to pages that are there', async () => {
    const links = lines().flatMap(({ pieces }) =>
      pieces.flatMap((piece) => (typeof piece === 'string' ? [] : [piece.href])),
    )
    expect(new Set(links).size).toBeGreaterThan(10)
    for (const href of new Set(links))
      expect((await office.admin.get(href.split('#')[0]!)).statusCode, href).toBe(200)
  })

  const entry = (facts: Partial<AuditEntry>): AuditEntry => ({
    seq: 1,
    at: new Date('2024-03-18T08:05:00Z'),
    actor: 'admin',
    action: 'x.y',
    subject: 'x',
    detail: {},
    previousHash: '',
    hash: '',
    ...facts,
  })
  const told = (facts: Partial<AuditEntry>) => {
    const read = recordReader(office.stores, { place: prefectureOf('大阪府'), mayManage: false })
    return read(entry(facts)).text
  }

  test.each<[Partial<AuditEntry>, string]>([
    [
      { action: 'hospital.polished', subject: 'abc-123', detail: { id: 7 } },
      '試験 adminが、病院台帳についての操作をしました。',
    ],
    [{ action: 'unheard-of.done', subject: 'abc-123' }, '試験 adminが、記録に残る操作をしました。'],
    [{ action: 'override.added', subject: '4610000011', detail: { kind: 'exclude' } }, '府の判断による除外'],
    [{ action: 'override.added', subject: 'gone', detail: {} }, '病院台帳にない病院を「府の判断」にしました'],
    [
      { action: 'login.failed', actor: 'system', subject: '(不明)' },
      '登録のないログイン名でのログインが失敗しました。',
    ],
    [
      { action: 'settings.changed', subject: 'closesAt', detail: { before: null, after: '2024-03-25' } },
      '設定の「回答期限」を（未設定）から「令和6年3月25日（月）24時」に変更しました。',
    ],
    [{ action: 'settings.changed', subject: 'noSuchKey', detail: { before: 'a', after: 'b' } }, 'ある項目'],
    [
      {
        action: 'submission.created',
        actor: 'hospital:R-0001',
        subject: 'R-0001',
        detail: { channel: 'fax', state: 'current' },
      },
      '病院が、回答R-0001（',
    ],
    [
      {
        action: 'submission.created',
        actor: 'hospital:R-0001',
        subject: 'R-0001',
        detail: { channel: 'web', state: 'current', isMatched: true },
      },
      'を登録しました（受付方法：回答フォーム（照合済）、状態：有効）',
    ],
    [
      { action: 'settings.changed', actor: 'cli', subject: 'title', detail: { after: '新しい調査' } },
      '（コマンド操作）が、設定の「調査の名称」を',
    ],
  ])('%j', (facts, text) => {
    expect(told(facts)).toContain(text)
  })

  test('facts that an earlier program wrote otherwise break nothing', () => {
    for (const { sentences } of RECORD_KINDS)
      for (const action of Object.keys(sentences))
        for (const detail of [{}, { reason: 5, version: 'x', moves: {}, replaced: [] }])
          expect(told({ action, subject: '', detail: detail as AuditEntry['detail'] })).toMatch(/。$/)
  })
})
