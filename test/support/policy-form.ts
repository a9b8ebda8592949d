import { fieldsOf } from './forms.ts'
import type { Office } from './office.ts'
import type { OfficersBrowser } from './officer.ts'

/** The form of the selection's policy, as an officer fills it in. */
export function policyForm(office: Pick<Office, 'stores'>, browser: OfficersBrowser) {
  /** As it stands on the page, with some fields typed over. */
  const typed = async (changes: Record<string, string>, url = '/admin/policy') => ({
    ...fieldsOf(await browser.page(url), '/admin/policy'),
    ...changes,
  })
  return {
    current: () => office.stores.policies.current(),
    typed,
    save: async (changes: Record<string, string>) => browser.post('/admin/policy', await typed(changes)),
  }
}
