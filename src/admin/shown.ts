import { fieldsOf } from '../web/fields.ts'

/**
 * Whether a page shows what is so today, told by what its form carries along. A form that carries nothing of it was
 * made by a program, which has looked at nothing.
 * @param today never blank
 */
export function stillShows(body: unknown, name: string, today: string): boolean {
  const shown = fieldsOf(body).get(name)
  return shown === '' || shown === today
}
