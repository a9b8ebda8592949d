/**
 * The headers of every answer, whoever sends it: nothing is loaded from outside, nothing runs inline, nobody frames a
 * page, no page may use what a browser has besides its window, and no other site reads what is served here.
 */
export function securityHeaders({ https }: { https: boolean }): Readonly<Record<string, string>> {
  return https
    ? { ...EVERYWHERE, 'strict-transport-security': 'max-age=31536000; includeSubDomains' }
    : EVERYWHERE
}

const POLICY = {
  'default-src': "'none'",
  // Said though the line above says it: whoever checks a policy looks for it.
  'object-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self'",
  // No script of ours asks for anything; who checks a page from within it reads its robots.txt.
  'connect-src': "'self'",
  'form-action': "'self'",
  'frame-ancestors': "'none'",
  'base-uri': "'none'",
}

/** What no page of ours asks a browser for. */
const UNUSED = [
  ...['accelerometer', 'autoplay', 'browsing-topics', 'camera', 'display-capture', 'encrypted-media'],
  ...[
    'fullscreen',
    'gamepad',
    'geolocation',
    'gyroscope',
    'hid',
    'identity-credentials-get',
    'idle-detection',
  ],
  ...[
    'local-fonts',
    'magnetometer',
    'microphone',
    'midi',
    'payment',
    'picture-in-picture',
    'screen-wake-lock',
  ],
  ...['serial', 'usb', 'xr-spatial-tracking'],
]

const EVERYWHERE = {
  'content-security-policy': Object.entries(POLICY)
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join(';'),
  'permissions-policy': UNUSED.map((feature) => `${feature}=()`).join(', '),
  // `no-referrer` would make browsers send `Origin: null` with our own forms.
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
}
