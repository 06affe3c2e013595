import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  schema: '../../packages/api-schema/schema.graphql',
  documents: ['features/**/*.queries.ts', 'lib/**/*.queries.ts'],
  generates: {
    './generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        documentMode: 'string',
        enumType: 'string-literal',
        useTypeImports: true,
        scalars: { DateTime: 'string', JSON: 'unknown', MinorUnits: 'number', ID: 'string' },
      },
    },
  },
};

export default config;
