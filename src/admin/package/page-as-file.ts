/**
 * A page of ours as a file that opens by itself, where there is no server: its styles in it; no scripts, menus, forms or
 * addresses that lead back here.
 * @param styleOf the stylesheet at an address
 */
export async function pageAsFile(html: string, styleOf: (href: string) => Promise<string>): Promise<string> {
  const styles = await Promise.all([...html.matchAll(STYLESHEET)].map(([, href]) => styleOf(href!)))
  return html
    .replace(STYLESHEET, '')
    .replace('</head>', () => `<style>${styles.join('\n')}</style>\n</head>`)
    .replace(/<link rel="icon"[^>]*>/g, '')
    .replace(/<script\b[^>]*>[\s\S]*?<\/script>/g, '')
    .replace(/<header class="admin-header">[\s\S]*?<\/header>/, '')
    .replace(/<a class="skip-link"[^>]*>[\s\S]*?<\/a>/, '')
    .replace(/<form\b[^>]*>[\s\S]*?<\/form>/g, '')
    .replace(/(<a\b[^>]*?) href="\/[^"]*"/g, '$1')
}

const STYLESHEET = /<link rel="stylesheet" href="([^"]+)">\n?/g
