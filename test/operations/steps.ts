import { existsSync, lstatSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { expect } from 'vitest'
import { invitationKeyBeside } from '../../src/invitation-key.ts'
import { fingerprintIn, type Life } from './life.ts'
import type { Ran } from './machine.ts'

const BEFORE = 'kakuho backup /var/lib/kakuho-backup/before-1.1.0.tar'
const BUILD = 'cd /opt/kakuho && npm ci && npm run build && npm prune --omit=dev --no-save'
const SECRET =
  'sed -i "s|^SESSION_SECRET=.*|SESSION_SECRET=$(openssl rand -base64 33)|" /etc/kakuho/kakuho.env'
const START = 'systemctl start kakuho'
const STOP = 'systemctl stop kakuho'
const RESTART = 'systemctl restart kakuho'
const RESTORE = 'kakuho restore /var/lib/kakuho-backup/before-1.1.0.tar'

/** A command of the document, word for word, what happens before it, and what it has done. */
interface Step {
  command: string
  /** What others do meanwhile: hospitals, officers, misfortune. */
  before?(life: Life): Promise<unknown> | unknown
  effect(life: Life, ran: Ran): Promise<unknown> | unknown
  /** What the document leaves to be put in. */
  filled?(life: Life): string
}

/** All that an administrator does with one survey, in the order of docs/operations.md. */
export const LIFE: readonly Step[] = [
  // 設置
  {
    command: 'git clone --branch v1.0.0 配布元のアドレス /opt/kakuho',
    effect: ({ at }) => expect(existsSync(at('opt/kakuho/package.json'))).toBe(true),
  },
  { command: BUILD, effect: ({ at }) => expectBuilt(at) },
  { command: 'install -d -m 700 /etc/kakuho', effect: ({ at }) => expectMode(at('etc/kakuho'), 0o700) },
  {
    command: 'install -m 600 /opt/kakuho/deploy/systemd/kakuho.env.example /etc/kakuho/kakuho.env',
    effect: ({ at }) => expectMode(at('etc/kakuho/kakuho.env'), 0o600),
  },
  { command: SECRET, effect: (life) => expect(life.setting('SESSION_SECRET')).toHaveLength(44) },
  {
    command:
      'install -m 644 /opt/kakuho/deploy/systemd/kakuho.service /opt/kakuho/deploy/systemd/kakuho-backup.service /opt/kakuho/deploy/systemd/kakuho-backup.timer /etc/systemd/system/',
    effect: ({ at }) =>
      expect(readdirSync(at('etc/systemd/system')).sort()).toEqual([
        ...['kakuho-backup.service', 'kakuho-backup.timer', 'kakuho.service'],
      ]),
  },
  {
    command: 'install -m 755 /opt/kakuho/deploy/systemd/kakuho /usr/local/bin/kakuho',
    effect: ({ at }) => expectMode(at('bin/kakuho'), 0o755),
  },
  { command: 'systemctl daemon-reload', effect: silent },
  // 開始
  {
    command: 'systemctl enable --now kakuho',
    before: ({ at }) => expectFolders(at),
    effect: async (life) => expect(await life.health()).toBe(200),
  },
  {
    command: 'curl -fsS --retry 20 --retry-delay 1 --retry-connrefused http://127.0.0.1:3001/healthz',
    effect: (_life, { out }) => expect(JSON.parse(out)).toEqual({ status: 'ok' }),
  },
  {
    command: 'journalctl -u kakuho -o cat | grep /admin/setup',
    effect: async (life, { out }) => expect(await life.status(new URL(out.trim()), 'admin')).toBe(200),
  },
  // 更新
  {
    command: BEFORE,
    before: async (life) => {
      await life.fill()
      await life.answer('A')
    },
    effect: ({ at }) => expectMode(at('var/lib/kakuho-backup/before-1.1.0.tar'), 0o600),
  },
  { command: STOP, effect: async (life) => expect(await life.health()).toBe(null) },
  {
    command: 'cd /opt/kakuho && git fetch --tags && git checkout v1.1.0',
    effect: (life) => expect(life.version()).toBe('1.1.0'),
  },
  { command: BUILD, effect: ({ at }) => expectBuilt(at) },
  {
    command: START,
    effect: async (life) => {
      expect(life.tables()).toContain('of_the_next_version')
      expect(await life.opens('A')).toBe(true)
    },
  },
  { command: 'kakuho version', effect: (_life, { out }) => expect(out).toMatch(/^kakuho 1\.1\.0（Node/) },
  { command: STOP, before: (life) => life.answer('B'), effect: silent },
  {
    command: 'cd /opt/kakuho && git checkout v1.0.0',
    effect: (life) => expect(life.version()).toBe('1.0.0'),
  },
  {
    command: BUILD,
    effect: async (life) => {
      // What a downgrade says.
      expect((await life.machine.run(START)).code).toBe(22)
      expect(life.machine.journal()).toContain('新しい版')
    },
  },
  { command: RESTORE, effect: (_life, { out }) => expect(out).toMatch(/回答1件[\s\S]*before-.*回答2件/) },
  {
    command: START,
    effect: async (life) => {
      expect(life.tables()).not.toContain('of_the_next_version')
      expect([await life.opens('A'), await life.opens('B')]).toEqual([true, false])
    },
  },
  // バックアップ
  { command: 'systemctl enable --now kakuho-backup.timer', effect: silent },
  { command: 'systemctl start kakuho-backup', effect: ({ at }) => expect(backups(at)).toHaveLength(1) },
  {
    command: 'ls -l /var/lib/kakuho-backup/',
    effect: (_life, { out }) => expect(out).toMatch(/-rw-------.* kakuho-\d{8}-\d{6}\.tar/),
  },
  {
    command: 'cd "$(mktemp -d)" && tar xf /var/lib/kakuho-backup/before-1.1.0.tar && sha256sum -c SHA256SUMS',
    effect: (_life, { out }) => expect(out).toMatch(/^kakuho\.db: /m),
  },
  // 継続的な複製
  {
    command: 'install -m 644 /opt/kakuho/deploy/systemd/kakuho-litestream.service /etc/systemd/system/',
    effect: ({ at }) => expectMode(at('etc/systemd/system/kakuho-litestream.service'), 0o644),
  },
  { command: 'systemctl daemon-reload', effect: silent },
  { command: 'systemctl enable --now kakuho-litestream', effect: silent },
  {
    command: 'systemctl stop kakuho kakuho-litestream',
    before: async (life) => {
      await life.answer('C')
      life.replicate()
    },
    effect: async (life) => expect(await life.health()).toBe(null),
  },
  {
    command:
      'mv "$(realpath /var/lib/kakuho)" /var/lib/kakuho.aside && install -d -m 700 "$(realpath /var/lib/kakuho)"',
    effect: ({ at }) => expect(readdirSync(at('var/lib/kakuho'))).toEqual([]),
  },
  {
    command: 'litestream restore -o /var/lib/kakuho/kakuho.db file:///var/lib/kakuho-replica',
    effect: ({ at }) => expect(existsSync(at('var/lib/kakuho/kakuho.db'))).toBe(true),
  },
  {
    command:
      "tar -C /var/lib/kakuho -xf /var/lib/kakuho-backup/before-1.1.0.tar --wildcards 'kakuho.db.*-key'",
    effect: ({ at }) => expect(existsSync(at('var/lib/kakuho/kakuho.db.receipt-key'))).toBe(true),
  },
  { command: 'chown -R --reference=/var/lib/kakuho.aside /var/lib/kakuho/', effect: silent },
  {
    command: 'systemctl start kakuho kakuho-litestream',
    effect: async (life) => {
      expect([await life.opens('A'), await life.opens('C')]).toEqual([true, true])
      // The folder is still a link of systemd's, or the unit could not make one.
      expect(lstatSync(life.at('var/lib/kakuho')).isSymbolicLink()).toBe(true)
    },
  },
  // 復元
  { command: STOP, effect: silent },
  {
    command: RESTORE,
    effect: ({ at }) =>
      expect(readdirSync(at('var/lib/kakuho')).filter((name) => name.includes('.before-'))).toHaveLength(1),
  },
  {
    command: START,
    effect: async (life) => expect([await life.opens('A'), await life.opens('C')]).toEqual([true, false]),
  },
  // 秘密と鍵の交換
  {
    command: SECRET,
    before: (life) => life.signIn(),
    effect: (life) => expect(life.setting('SESSION_SECRET')).not.toBe(life.secret),
  },
  { command: RESTART, effect: async (life) => expect(await life.isSignedIn()).toBe(false) },
  {
    command: 'kakuho signing-key change --reason 定期の交換',
    before: async (life) => life.noteFingerprint(),
    effect: (life, { out }) => expect(out).not.toContain(life.fingerprint),
  },
  { command: RESTART, effect: async (life) => expect(await life.health()).toBe(200) },
  {
    command: 'kakuho signing-key',
    effect: (life, { out }) => {
      expect(out).not.toContain(life.fingerprint)
      life.fingerprint = fingerprintIn(out)
    },
  },
  { command: STOP, before: ({ at }) => makeInvitationKey(at), effect: silent },
  {
    command: 'mv /var/lib/kakuho/kakuho.db.invitation-key /var/lib/kakuho-backup/',
    effect: ({ at }) => expect(existsSync(at('var/lib/kakuho/kakuho.db.invitation-key'))).toBe(false),
  },
  { command: START, effect: async (life) => expect(await life.opens('A')).toBe(true) },
  {
    command: 'tar -C /var/lib/kakuho -xf /var/lib/kakuho-backup/before-1.1.0.tar kakuho.db.receipt-key',
    before: async ({ at, machine }) => {
      await machine.must(STOP)
      rmSync(at('var/lib/kakuho/kakuho.db.receipt-key'))
      expect((await machine.run(START)).code).toBe(41)
    },
    effect: silent,
  },
  {
    command: 'chown --reference=/var/lib/kakuho /var/lib/kakuho/kakuho.db.receipt-key',
    effect: silent,
  },
  { command: START, effect: async (life) => expect(await life.opens('A')).toBe(true) },
  { command: 'kakuho user list', effect: (_life, { out }) => expect(out).toContain('kanri') },
  {
    command: 'kakuho user reset kanri',
    effect: (life) =>
      expect(life.stored(({ staff }) => staff.byLogin('kanri')?.mustChangePassword)).toBe(true),
  },
  // ほかの機械への移行
  {
    command: 'systemctl disable --now kakuho kakuho-backup.timer',
    effect: async (life) => expect(await life.health()).toBe(null),
  },
  { command: 'kakuho backup /var/lib/kakuho-backup/move.tar', effect: silent },
  {
    command: 'scp /var/lib/kakuho-backup/move.tar /etc/kakuho/kakuho.env 新しい機械:/root/',
    effect: ({ at }) => {
      // From here on it is the other machine, where nothing is yet.
      for (const place of ['var/lib', 'etc/kakuho', 'run/kakuho.log'])
        renameSync(at(place), `${at(place)}-of-the-old-one`)
      expect(readdirSync(at('root')).sort()).toEqual(['kakuho.env', 'move.tar'])
    },
  },
  {
    command: 'install -m 600 /root/kakuho.env /etc/kakuho/kakuho.env',
    before: async ({ machine }) => {
      await machine.must('install -d /var/lib && install -d -m 700 /etc/kakuho')
      machine.makeStateFolders('kakuho')
    },
    effect: ({ at }) => expectMode(at('etc/kakuho/kakuho.env'), 0o600),
  },
  {
    command: 'install -d -m 700 /var/lib/kakuho-backup && mv /root/move.tar /var/lib/kakuho-backup/',
    effect: silent,
  },
  {
    command: 'chown --reference=/var/lib/kakuho-backup /var/lib/kakuho-backup/move.tar',
    effect: silent,
  },
  {
    command: 'kakuho restore /var/lib/kakuho-backup/move.tar',
    effect: (_life, { out }) => expect(out).toContain('調査のファイルがなかったため'),
  },
  {
    command: 'systemctl enable --now kakuho kakuho-backup.timer',
    effect: async (life) => expect(await life.opens('A')).toBe(true),
  },
  { command: 'kakuho audit verify', effect: (_life, { out }) => expect(out).toContain('一致') },
  // 日常の確認
  { command: 'systemctl status kakuho', effect: (_life, { out }) => expect(out).toContain('active') },
  {
    command: 'curl -fsS http://127.0.0.1:3001/healthz',
    effect: (_life, { out }) => expect(JSON.parse(out)).toEqual({ status: 'ok' }),
  },
  {
    command: 'kakuho audit verify --against /var/lib/kakuho-backup/move.tar',
    effect: (_life, { out }) => expect(out).toContain('一致'),
  },
  {
    command: 'journalctl -u kakuho -o cat --since today | grep 問合せ番号',
    filled: (life) => life.requestId,
    before: async (life) => life.fail(),
    effect: (life, { out }) => {
      expect(
        out
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line)),
      ).toEqual([expect.objectContaining({ reqId: life.requestId, res: { status: 404 } })])
    },
  },
  {
    command: 'echo "METRICS_TOKEN=$(openssl rand -hex 32)" >> /etc/kakuho/kakuho.env',
    effect: (life) => expect(life.setting('METRICS_TOKEN')).toHaveLength(64),
  },
  {
    command: RESTART,
    effect: async (life) => expect(await life.status('/admin/metrics', 'admin')).toBe(401),
  },
  {
    command: `curl -fsS --retry 20 --retry-delay 1 --retry-connrefused -H "Authorization: Bearer $(sed -n 's/^METRICS_TOKEN=//p' /etc/kakuho/kakuho.env)" http://127.0.0.1:3101/admin/metrics`,
    effect: (_life, { out }) => expect(out).toContain('kakuho_answers_total{act="received"} 1\n'),
  },
  {
    command: 'journalctl -u kakuho -o cat > /var/lib/kakuho-backup/kakuho.log',
    effect: ({ at }) => expect(statSync(at('var/lib/kakuho-backup/kakuho.log')).size).toBeGreaterThan(0),
  },
  {
    command: 'chown --reference=/var/lib/kakuho-backup /var/lib/kakuho-backup/kakuho.log',
    effect: silent,
  },
  {
    command:
      'kakuho audit verify --against /var/lib/kakuho-backup/move.tar --against /var/lib/kakuho-backup/kakuho.log',
    effect: (_life, { out }) => expect(out).toContain('一致'),
  },
  // 調査の終わり
  {
    command: 'kakuho purge --dry-run',
    before: (life) => life.endOfKeeping(),
    effect: (_life, { out }) => expect(out).toContain('消去できます。'),
  },
  { command: STOP, effect: silent },
  {
    command: 'kakuho purge --confirm --basis "令和11年度 廃棄 第3号"',
    effect: ({ at }, { out }) => {
      expect(out).toContain('消去しました')
      expect(existsSync(at('var/lib/kakuho/kakuho.db.receipt-key'))).toBe(false)
    },
  },
  {
    command: 'kakuho audit verify',
    effect: (_life, { out }) => expect(out).toContain('消去'),
  },
  {
    command: START,
    effect: async (life) =>
      expect([await life.status('/'), await life.status('/survey')]).toEqual([200, 410]),
  },
  {
    command: 'systemctl disable --now kakuho kakuho-backup.timer',
    effect: async (life) => expect(await life.health()).toBe(null),
  },
  {
    command:
      'rm -rf /var/lib/kakuho-backup/* /var/lib/kakuho-replica/* /var/lib/kakuho/.kakuho.db-litestream /var/lib/kakuho/kakuho.db.before-* /var/lib/kakuho.aside',
    before: ({ machine }) => machine.must('mkdir /var/lib/kakuho/kakuho.db.before-20261218-170530'),
    effect: ({ at }) => {
      expect(readdirSync(at('var/lib/kakuho-backup'))).toEqual([])
      expect(readdirSync(at('var/lib/kakuho')).filter((name) => name.includes('before'))).toEqual([])
    },
  },
]

function silent(_life: Life, { errors }: Ran): void {
  expect(errors).toBe('')
}

function expectMode(path: string, mode: number): void {
  expect(statSync(path).mode & 0o777).toBe(mode)
}

function expectBuilt(at: (path: string) => string): void {
  expect(existsSync(at('opt/kakuho/dist/server.js'))).toBe(true)
  expect(existsSync(at('opt/kakuho/node_modules/fastify'))).toBe(true)
  expect(existsSync(at('opt/kakuho/node_modules/vitest'))).toBe(false)
}

/** systemd makes them for the unit. */
function expectFolders(at: (path: string) => string): void {
  expect(readdirSync(at('var/lib'))).toEqual(['kakuho', 'kakuho-backup', 'private'])
}

function backups(at: (path: string) => string): string[] {
  return readdirSync(at('var/lib/kakuho-backup')).filter((name) => /^kakuho-\d{8}-\d{6}\.tar$/.test(name))
}

/** As an officer's first links would have. */
function makeInvitationKey(at: (path: string) => string): void {
  invitationKeyBeside({ databasePath: at('var/lib/kakuho/kakuho.db') }).create()
}
