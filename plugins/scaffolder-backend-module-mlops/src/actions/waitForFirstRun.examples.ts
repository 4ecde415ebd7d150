import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import yaml from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Wait up to a minute for the first run',
    example: yaml.stringify({
      steps: [
        {
          id: 'first-run',
          name: 'Start the first run',
          action: 'mlops:first-run:wait',
          input: { name: '${{ parameters.name }}', seconds: 60 },
        },
      ],
    }),
  },
];
