import type { Stores } from '../db/stores.ts'

/** Display names by login; whoever has none, like a command, goes by its login. */
export function officerNames({ staff }: Stores): (login: string) => string {
  const names = new Map(staff.all().map(({ login, name }) => [login, name]))
  return (login) => names.get(login) ?? login
}
