import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import yaml from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Plan a problem on the built-in flights table',
    example: yaml.stringify({
      steps: [
        {
          id: 'plan',
          name: 'Read the source again',
          action: 'mlops:problem:plan',
          input: {
            form: {
              name: 'flight-delay',
              title: 'Will this flight be late?',
              owner: 'group:default/ml',
              source: { kind: 'example', example: 'flights' },
              target: 'delay',
              positive: '> 15',
              time: 'date',
            },
          },
        },
      ],
    }),
  },
];
