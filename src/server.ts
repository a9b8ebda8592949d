import { readConfig } from './config.ts'
import { serve, startProblem } from './serve.ts'

/** `npm start`: the real program. Ends with every request in flight answered. */
const config = configOrExit()
const running = await serve(config, () => new Date()).catch((error: unknown) => {
  const problem = startProblem(error)
  if (problem === null) throw error
  process.stderr.write(`${problem}\n`)
  process.exit(1)
})
if (running.setupAddress !== null) {
  process.stdout.write(
    `ログインできる利用者がいません。次のアドレスをブラウザーで開き、最初の管理者を登録してください（登録すると、使えなくなります）。\n${running.setupAddress}\n`,
  )
  // Behind a proxy the officers' own listener is known by another name, which nothing here says.
  if (config.adminListener && config.publicUrl.startsWith('https:'))
    process.stdout.write(
      'httpsで開く必要があります。アドレスの「/admin」より前を、担当者のページを開くときのアドレスに置き換えてください。\n',
    )
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void running.close())

function configOrExit() {
  try {
    return readConfig()
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`)
    process.exit(2)
  }
}
