import type { CodegenConfig } from '@graphql-codegen/cli';

// Only types are taken from the generated files: the client runs from source without them.
const config: CodegenConfig = {
  schema: '../api-schema/schema.graphql',
  documents: ['src/documents/*.ts'],
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
