/** Frontend of the ML portal. @packageDocumentation */
export { mlopsPlugin as default } from './plugin';
export { mlopsApiRef } from './api';
export { paths } from './routes';
export { mlopsTranslationRef } from './translation';
export { NoPage } from './nav/NoPage';
export { PortalNav } from './nav/PortalNav';
export type { PortalNavProps } from './nav/PortalNav';
