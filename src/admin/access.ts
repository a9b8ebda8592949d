/**
 * Who may ask for an address. Each route of this side says it with a role of its own: the guard lets no program start
 * that has one without. A page of an act asks for the role of the act. Of none is the head alone given (`refuseHead`).
 */
export const forReaders = { config: { role: 'viewer' }, exposeHeadRoute: false } as const
export const forOfficers = { config: { role: 'officer' }, exposeHeadRoute: false } as const
export const forAdministrators = { config: { role: 'admin' }, exposeHeadRoute: false } as const
