import { type Config, readConfig } from './config.ts'
import { endOnSignals } from './ending.ts'
import { type RunningServer, serve, startProblem } from './serve.ts'
import { START_CODES } from './start-problem.ts'

// What this program writes is its owner's alone, whatever the account's own rule says.
process.umask(0o077)

/** `npm start`: the real program. Ends with every request in flight answered. */
async function start(): Promise<void> {
  const config = configOrExit()
  const running = await serve(config, () => new Date()).catch((error: unknown) => {
    const problem = startProblem(error)
    if (problem === null) throw error
    process.stderr.write(`${problem.message}\n`)
    process.exit(problem.exitCode)
  })
  const text = told(config, running)
  if (text !== '') process.stdout.write(text)
  endOnSignals(() => running.close())
}

/** What was made, and where whoever started it goes first. */
function told(config: Config, { newDatabase, setupAddress }: RunningServer): string {
  const made = newDatabase === null ? '' : `データベース（${newDatabase}）がないため、新しく作成しました。\n`
  if (setupAddress === null) return made
  // Behind a proxy the officers' own listener is known by another name, which nothing here says.
  const isBehindProxy = config.adminListener && config.publicUrl.startsWith('https:')
  return `${made}ログインできる利用者がいません。次のアドレスをブラウザーで開き、最初の管理者を登録してください（登録すると、使えなくなります）。\n${setupAddress}\n${isBehindProxy ? BEHIND_PROXY : ''}`
}

const BEHIND_PROXY =
  'httpsで開く必要があります。アドレスの「/admin」より前を、担当者のページを開くときのアドレスに置き換えてください。\n'

function configOrExit(): Config {
  try {
    return readConfig()
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`)
    process.exit(START_CODES.environment)
  }
}

// No `await` here: what is built of it is loaded at once, without it (scripts/build.ts).
start()
