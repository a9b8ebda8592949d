import { parseHTML } from 'linkedom'
import { TRAP_FIELD } from '../../src/survey/answer/answering.ts'
import type { Page, PageElement, PagePart } from './html.ts'

/**
 * What a person's browser would send from the page as it stands: hidden fields, inputs, the chosen option and radios.
 * @param action the form's address, where the page has more than one
 */
export function fieldsOf(page: Page, action?: string): Record<string, string> {
  const form = action === undefined ? 'form' : `form[method="post"][action="${action}"]`
  if (!page.querySelector(form)) throw new Error(`no form for ${action}`)
  const fields: Record<string, string> = {}
  for (const control of page.querySelectorAll(
    ['input', 'textarea', 'select'].map((each) => `${form} ${each}`).join(),
  )) {
    const name = control.getAttribute('name')
    const value = sentValue(control)
    if (name !== null && name !== TRAP_FIELD && value !== null) fields[name] = value
  }
  return fields
}

function sentValue(control: PageElement): string | null {
  if (control.localName === 'select') {
    const chosen = control.querySelector('option[selected]') ?? control.querySelector('option')
    return chosen?.getAttribute('value') ?? ''
  }
  if (control.localName === 'textarea') return textareaValue(control)
  const isChoice = ['radio', 'checkbox'].includes(control.getAttribute('type') ?? '')
  if (isChoice && !control.hasAttribute('checked')) return null
  return control.getAttribute('value') ?? ''
}

/** HTML drops the first line break of a textarea; the parser of the tests leaves its character references. */
function textareaValue(control: PageElement): string {
  const text = control.textContent!.replace(/^\n/, '')
  return parseHTML(`<p title="${text}"></p>`).document.querySelector('p')!.getAttribute('title')!
}

/** Messages of the error summary, by the field that each leads to. */
export function errorsOf(page: PagePart): Record<string, string> {
  const links = [...page.querySelectorAll('.error-summary a')]
  return Object.fromEntries(links.map((link) => [link.getAttribute('href')!.slice(1), link.textContent!]))
}
