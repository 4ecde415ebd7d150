/** The hub of the ML portal: a backend plugin that knows no vendor. @packageDocumentation */
export { mlopsPlugin as default } from './plugin';
