import type { Page } from '../support/html.ts'

/** What a page may not have, whoever reads it: each flaw in words, none on a good page. */
export function htmlFlaws(page: Page): string[] {
  return [
    ...frameFlaws(page),
    ...repeatedIds(page),
    ...controlsWithoutLabel(page),
    ...brokenReferences(page),
    ...inlineCode(page),
    ...headingGaps(page),
    ...repeatedLandmarks(page),
  ]
}

function frameFlaws(page: Page): string[] {
  const flaws = []
  if (page.documentElement.getAttribute('lang') !== 'ja')
    flaws.push('the page does not say that it is Japanese')
  if (!page.querySelector('title')?.textContent?.trim()) flaws.push('no title')
  if (page.querySelectorAll('h1').length !== 1) flaws.push(`${page.querySelectorAll('h1').length} h1`)
  if (page.querySelectorAll('main#main').length !== 1) flaws.push('no main for the skip link')
  return flaws
}

function repeatedIds(page: Page): string[] {
  const ids = [...page.querySelectorAll('[id]')].map(({ id }) => id)
  return ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `id ${id} twice`)
}

function controlsWithoutLabel(page: Page): string[] {
  const controls = [...page.querySelectorAll('input:not([type="hidden"]), select, textarea')]
  const unlabelled = controls.filter(
    (control) =>
      !control.getAttribute('aria-label') &&
      !control.closest('label') &&
      !page.querySelector(`label[for="${control.id}"]`),
  )
  const silent = [...page.querySelectorAll('button, a[href], summary, legend, th')].filter(
    (element) => !element.textContent?.trim(),
  )
  return [
    ...unlabelled.map(({ id }) => `control ${id} without a label`),
    ...silent.map(({ localName }) => `${localName} without words`),
  ]
}

function brokenReferences(page: Page): string[] {
  const named = ['aria-describedby', 'aria-labelledby', 'aria-controls', 'for'].flatMap((attribute) =>
    [...page.querySelectorAll(`[${attribute}]`)].flatMap((element) =>
      element.getAttribute(attribute)!.split(' '),
    ),
  )
  const linked = [...page.querySelectorAll('a[href^="#"]')].map((link) => link.getAttribute('href')!.slice(1))
  return [...named, ...linked].filter((id) => !page.getElementById(id)).map((id) => `no element ${id}`)
}

/** The security policy would block it without a word. */
function inlineCode(page: Page): string[] {
  const elements = [...page.querySelectorAll('*')]
  const attributes = elements.flatMap((element) => [...element.attributes].map(({ name }) => name))
  const inline = attributes.filter((name) => name === 'style' || /^on/.test(name))
  const blocks = [...page.querySelectorAll('style, script:not([src])')].map(({ localName }) => localName)
  return [...inline, ...blocks].map((name) => `inline ${name}`)
}

function headingGaps(page: Page): string[] {
  const headings = [...page.querySelectorAll('main h1, main h2, main h3, main h4')].filter(
    (heading) => !heading.closest('.error-summary'),
  )
  const levels = headings.map(({ localName }) => Number(localName.slice(1)))
  return levels.flatMap((level, index) => {
    const above = levels[index - 1] ?? 0
    return level > above + 1 ? [`h${level} after h${above}`] : []
  })
}

/** Who goes from landmark to landmark could not tell one from the other. */
function repeatedLandmarks(page: Page): string[] {
  const regions = page.querySelectorAll(
    '[role="region"], section:is([aria-label], [aria-labelledby]), nav, aside',
  )
  const names = [...regions].map((region) => {
    const by = region.getAttribute('aria-labelledby')
    const name = by ? page.getElementById(by)?.textContent : region.getAttribute('aria-label')
    const role = region.getAttribute('role') ?? region.localName.replace('section', 'region')
    return `${role} ${name?.trim() ?? ''}`
  })
  return names.filter((name, index) => names.indexOf(name) !== index).map((name) => `landmark ${name} twice`)
}
