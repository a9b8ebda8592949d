import { readDay } from '../../domain/text/typed-dates.ts'

/** What the browser's calendar shows of a day as it was typed; '' where it is none. */
export function dayPicker(text: string): { type: 'date'; value: string } {
  const read = readDay(text)
  return { type: 'date', value: read.ok ? read.day : '' }
}
