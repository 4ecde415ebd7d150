import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import yaml from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Make a repository of the whole workspace',
    example: yaml.stringify({
      steps: [
        {
          id: 'repository',
          name: 'Make repository',
          action: 'mlops:repository:create',
          input: {
            name: '${{ parameters.name }}',
            description: '${{ parameters.title }}',
          },
        },
      ],
    }),
  },
  {
    description: 'Make a repository of one folder of the workspace',
    example: yaml.stringify({
      steps: [
        {
          id: 'repository',
          name: 'Make repository',
          action: 'mlops:repository:create',
          input: { name: 'flight-delay', sourcePath: './content' },
        },
      ],
    }),
  },
];
