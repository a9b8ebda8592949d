import { once } from 'node:events'
import { parseArgs } from 'node:util'
import type { Stores } from '../db/stores.ts'
import { DEMO_EDITIONS, type DemoEdition, fillDemo } from '../demo/fill.ts'
import { ROLES, type Role } from '../domain/record/staff.ts'
import { labelOf } from '../domain/text/choice.ts'
import { hashPassword } from '../office/password.ts'
import { serve, startProblem } from '../serve.ts'
import { badInput, type Command, type CommandContext, failed } from './command.ts'
import { configOf, withNewStores } from './database.ts'

const USAGE = 'demo [--serve] [--edition r6|r8]'

/** Known to everyone who reads this: the demo is for a machine of one's own. */
const OFFICERS: { login: string; name: string; role: Role; password: string }[] = [
  { login: 'admin', name: '鹿児島 花子', role: 'admin', password: 'demo-admin-2024' },
  { login: 'tanto', name: '指宿 太郎', role: 'officer', password: 'demo-tanto-2024' },
  { login: 'etsuran', name: '霧島 美咲', role: 'viewer', password: 'demo-etsuran-2024' },
]

/**
 * Fills an empty database with fictional data; with `--serve` keeps a demo database of its own and starts on it. As the
 * edition `r8` it asks what the programme of 令和8年度 would: external connection points, vendors, costs.
 */
export const demo: Command = {
  usage: USAGE,
  async run(args, context) {
    const { serve: isServed, edition } = parse(args)
    return isServed ? fillAndServe(context, edition) : fill(context, edition)
  },
}

function parse(args: string[]): { serve: boolean; edition: DemoEdition } {
  const options = {
    serve: { type: 'boolean', default: false },
    edition: { type: 'string', default: 'r6' },
  } as const
  try {
    const { values } = parseArgs({ args, options, strict: true })
    const edition = DEMO_EDITIONS.find((each) => each === values.edition)
    if (edition) return { serve: values.serve, edition }
  } catch {
    // Said below.
  }
  throw badInput(`使い方：kakuho ${USAGE}`)
}

async function fill(context: CommandContext, edition: DemoEdition): Promise<void> {
  await withNewStores(context, async (stores) => {
    if (!isEmpty(stores))
      throw badInput(
        'このデータベースには既にデータがあります。空のデータベースを DATABASE_PATH で指定してください。',
      )
    await fillAll(stores, context, edition)
  })
  printLogins(context)
}

async function fillAndServe(context: CommandContext, edition: DemoEdition): Promise<void> {
  const own = edition === 'r6' ? 'data/demo.db' : `data/demo-${edition}.db`
  const DATABASE_PATH = context.environment.DEMO_DATABASE_PATH ?? own
  // Of the survey's own surroundings nothing: no mail goes out, and the pages are where this machine shows them.
  const { SMTP_URL: _url, MAIL_FROM: _from, PUBLIC_URL: _public, ...others } = context.environment
  const here = { ...context, environment: { LOG_LEVEL: 'warn', ...others, DATABASE_PATH } }
  await withNewStores(here, async (stores) => {
    if (isEmpty(stores)) await fillAll(stores, here, edition)
  })
  const running = await serve(configOf(here), here.now).catch((error: unknown) => {
    const problem = startProblem(error)
    throw problem === null ? error : failed(problem.message)
  })
  here.print(`デモを開始しました（データ：${DATABASE_PATH}。登場する病院はすべて架空です）`)
  here.print(`  病院の回答ページ  ${running.publicAddress}/`)
  here.print(`  担当者のページ    ${running.adminAddress}/admin`)
  printLogins(here)
  here.print('終了するには Ctrl+C を押してください。')
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
  await running.close()
}

function isEmpty(stores: Stores): boolean {
  return (
    stores.hospitals.all().length === 0 && stores.staff.count() === 0 && stores.submissions.all().length === 0
  )
}

async function fillAll(stores: Stores, { now }: CommandContext, edition: DemoEdition): Promise<void> {
  const officers = await Promise.all(
    OFFICERS.map(async ({ password, ...officer }) => ({
      ...officer,
      passwordHash: await hashPassword(password),
      mustChangePassword: false,
    })),
  )
  // All of it or nothing: half a demo would be refused as data.
  stores.together(() => {
    fillDemo(stores, now(), edition)
    for (const officer of officers) stores.staff.add(officer, { actor: 'demo', at: now() })
  })
}

function printLogins({ print }: CommandContext): void {
  for (const { login, name, role, password } of OFFICERS) {
    print(`  ログイン名 ${login} ／ パスワード ${password} （${name}、${labelOf(ROLES, role)}）`)
  }
}
