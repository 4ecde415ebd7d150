import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import yaml from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Register what the repository declares',
    example: yaml.stringify({
      steps: [
        {
          id: 'register',
          name: 'Register in the catalog',
          action: 'mlops:problem:register',
          input: {
            catalogInfoUrl: '${{ steps.repository.output.catalogInfoUrl }}',
          },
        },
      ],
    }),
  },
];
