import type { htmlOf } from './html.ts'

type Page = ReturnType<typeof htmlOf>
type PageElement = NonNullable<ReturnType<Page['querySelector']>>

/** What a browser would send of the form with this address, as it stands on the page. */
export function formOnPage(page: Page, action: string): Record<string, string> {
  const form = page.querySelector(`form[method="post"][action="${action}"]`)
  if (!form) throw new Error(`no form for ${action}`)
  const controls = [...form.querySelectorAll('input, select, textarea')].flatMap((control) => {
    const isUnchecked = control.getAttribute('type') === 'checkbox' && !control.hasAttribute('checked')
    return isUnchecked ? [] : [[control.getAttribute('name')!, valueIn(control)]]
  })
  return Object.fromEntries(controls)
}

function valueIn(control: PageElement): string {
  if (control.localName === 'textarea') return control.textContent ?? ''
  if (control.localName !== 'select') return control.getAttribute('value') ?? ''
  const chosen = control.querySelector('option[selected]') ?? control.querySelector('option')
  return chosen?.getAttribute('value') ?? ''
}

/** Every link of the error summary, with the message beside its field. */
export function errorsOnPage(page: Page): Record<string, string> {
  return Object.fromEntries(
    [...page.querySelectorAll('#error-summary a')].map((link) => [
      link.getAttribute('href')!.slice(1),
      link.textContent!,
    ]),
  )
}
