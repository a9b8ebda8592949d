import type { Stores } from '../db/stores.ts'

/** Who did something, by name; the login itself where nobody has it any more. */
export function staffNames({ staff }: Stores): (login: string) => string {
  const names = new Map(staff.all().map(({ login, name }) => [login, name]))
  return (login) => names.get(login) ?? login
}
