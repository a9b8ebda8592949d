import type { Invitation } from '../../src/db/invitations.ts'
import { keyFingerprint } from '../../src/domain/survey/invitation.ts'
import { linkMaker } from '../../src/office/invitations/links.ts'
import type { TestApp } from './app.ts'

type Program = Pick<TestApp, 'stores' | 'invitationKey' | 'publicUrl'>

/** Gives hospitals a link as an officer would. */
export function invite({ stores, invitationKey }: Program, ...hospitalCodes: string[]): void {
  const found = invitationKey.read()
  const key = found.kind === 'key' ? found.key : invitationKey.create()
  const by = { actor: 'test', at: new Date('2024-03-08T00:00:00Z') }
  const outcome = stores.invitations.issue(hospitalCodes, keyFingerprint(key), by)
  if (outcome.kind !== 'issued') throw new Error(outcome.kind)
}

export function invitationOf({ stores }: Pick<Program, 'stores'>, hospitalCode: string): Invitation {
  const invitation = stores.invitations.ofHospital(hospitalCode)
  if (!invitation) throw new Error(`${hospitalCode} has no link`)
  return invitation
}

/** /i/1-… */
export function invitationPath(program: Program, hospitalCode: string): string {
  const { stores, invitationKey } = program
  const linkOf = linkMaker(stores, invitationKey, '')
  if (!linkOf) throw new Error('the key is not at hand')
  return linkOf(invitationOf(program, hospitalCode))
}

/** What a person's browser says of itself. */
export const BROWSER = {
  'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36',
  accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'document',
}
