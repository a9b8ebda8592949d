import type { Stores } from '../db/stores.ts'

/** Whoever is no officer: what the record knows by a word of the program's. */
const PROGRAMS = new Map([
  ['cli', '（コマンド操作）'],
  ['demo', '（初期設定）'],
  ['program', '（初期設定）'],
])

/** Display names by login; a command goes by what it is. */
export function officerNames({ staff }: Pick<Stores, 'staff'>): (login: string) => string {
  const names = new Map(staff.all().map(({ login, name }) => [login, name]))
  return (login) => names.get(login) ?? PROGRAMS.get(login) ?? login
}
