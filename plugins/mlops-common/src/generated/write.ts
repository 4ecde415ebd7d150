import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { mlopsRoutes } from '../api';
import { clientSource } from './generate';

const target = resolve(__dirname, 'client.ts');
const config = resolveConfig.sync(target);
writeFileSync(
  target,
  format(clientSource(mlopsRoutes), { ...config, parser: 'typescript' }),
);
