import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import yaml from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Take everything back when a step has failed',
    example: yaml.stringify({
      steps: [
        {
          id: 'undo',
          name: 'Take everything back',
          if: '${{ failure() and steps.repository.output.name }}',
          action: 'mlops:problem:undo',
          input: {
            name: '${{ steps.repository.output.name }}',
            catalogInfoUrl: '${{ steps.repository.output.catalogInfoUrl }}',
          },
        },
      ],
    }),
  },
];
