import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { mlopsRoutes } from '../src/api';
import { clientSource } from '../src/generated/generate';

const target = resolve(__dirname, '../src/generated/client.ts');
const config = resolveConfig.sync(target);
writeFileSync(
  target,
  format(clientSource(mlopsRoutes), { ...config, parser: 'typescript' }),
);
