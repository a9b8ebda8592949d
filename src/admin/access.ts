/**
 * Who may ask for an address. Each route of this side says it with a role of its own: the guard lets no program start
 * that has one without. A page of an act asks for the role of the act.
 */
export const forReaders = { config: { role: 'viewer' } } as const
export const forOfficers = { config: { role: 'officer' } } as const
export const forAdministrators = { config: { role: 'admin' } } as const
