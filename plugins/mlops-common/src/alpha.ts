/** Parts that lean on the catalog's alpha API. @packageDocumentation */
export { mlopsModelLayer } from './catalog/modelLayer';
