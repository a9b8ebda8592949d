import { readConfig } from './config.ts'
import { endOnSignals } from './ending.ts'
import { serve, startProblem } from './serve.ts'
import { START_CODES } from './start-problem.ts'

// What this program writes is its owner's alone, whatever the account's own rule says.
process.umask(0o077)

/** `npm start`: the real program. Ends with every request in flight answered. */
const config = configOrExit()
const running = await serve(config, () => new Date()).catch((error: unknown) => {
  const problem = startProblem(error)
  if (problem === null) throw error
  process.stderr.write(`${problem.message}\n`)
  process.exit(problem.exitCode)
})
const made =
  running.newDatabase === null
    ? ''
    : `データベース（${running.newDatabase}）がないため、新しく作成しました。\n`
if (running.setupAddress === null) process.stdout.write(made)
else {
  process.stdout.write(
    `${made}ログインできる利用者がいません。次のアドレスをブラウザーで開き、最初の管理者を登録してください（登録すると、使えなくなります）。\n${running.setupAddress}\n`,
  )
  // Behind a proxy the officers' own listener is known by another name, which nothing here says.
  if (config.adminListener && config.publicUrl.startsWith('https:'))
    process.stdout.write(
      'httpsで開く必要があります。アドレスの「/admin」より前を、担当者のページを開くときのアドレスに置き換えてください。\n',
    )
}
endOnSignals(() => running.close())

function configOrExit() {
  try {
    return readConfig()
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`)
    process.exit(START_CODES.environment)
  }
}
