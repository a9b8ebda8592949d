import { auditVerify } from './audit.ts'
import { backup } from './backup.ts'
import { carryOver } from './carry-over.ts'
import { type Command, type CommandContext, CommandError } from './command.ts'
import { demo } from './demo.ts'
import { drawCommand } from './draw.ts'
import { importGmis } from './import-gmis.ts'
import { importHospitals } from './import-hospitals.ts'
import { nextEdition } from './next-edition.ts'
import { purge } from './purge.ts'
import { report } from './report.ts'
import { restore } from './restore.ts'
import { selectCommand } from './select.ts'
import { settingsCommand } from './settings.ts'
import { signingKey, signingKeyChange } from './signing-key.ts'
import { userAdd } from './user.ts'
import { userDisable, userEnable, userList, userReset, userRole } from './user-changes.ts'
import { verify } from './verify.ts'
import { version } from './version.ts'

/** By their first words; the longest match wins. */
const COMMANDS: Record<string, Command> = {
  'audit verify': auditVerify,
  backup,
  'carry-over': carryOver,
  demo,
  draw: drawCommand,
  'import gmis': importGmis,
  'import hospitals': importHospitals,
  'next-edition': nextEdition,
  purge,
  report,
  restore,
  select: selectCommand,
  settings: settingsCommand,
  'user add': userAdd,
  'user disable': userDisable,
  'user enable': userEnable,
  'user list': userList,
  'user reset': userReset,
  'user role': userRole,
  'signing-key': signingKey,
  'signing-key change': signingKeyChange,
  verify,
  version,
}

const USAGES = Object.values(COMMANDS)
  .map(({ usage }) => usage)
  .join(' ｜ ')

/** By the words that might have been its name. */
function unknownCommand(argv: readonly string[]): string {
  const end = argv.findIndex((word) => !/^[a-z][a-z-]*$/.test(word))
  const words = argv.slice(0, Math.min(2, end < 0 ? 2 : end)).join(' ') || (argv[0] ?? '')
  return words === '' ? 'コマンドを指定してください。' : `「${words}」というコマンドはありません。`
}

/** @returns the exit code: 0 done, 1 failed, 2 wrong usage or bad input */
export async function runCommand(
  argv: string[],
  context: CommandContext,
  error: (line: string) => void,
): Promise<number> {
  const name = [argv.slice(0, 2).join(' '), argv[0] ?? ''].find((words) => Object.hasOwn(COMMANDS, words))
  if (name === undefined) {
    error(`${unknownCommand(argv)}使い方：kakuho ${USAGES}`)
    return 2
  }
  try {
    await COMMANDS[name]!.run(argv.slice(name.split(' ').length), context)
    return 0
  } catch (thrown) {
    if (thrown instanceof CommandError) {
      error(thrown.message)
      return thrown.exitCode
    }
    error(`失敗しました：${thrown instanceof Error ? thrown.message : String(thrown)}`)
    return 1
  }
}
