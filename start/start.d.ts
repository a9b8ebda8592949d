/** Where the record of it lies, from the root of the project. */
export const MADE_OF: string
export function sourcesOfToday(): { touched: string; contents: string }
export function isBuilt(name: 'server' | 'kakuho'): boolean
export function start(name: 'server' | 'kakuho'): unknown
