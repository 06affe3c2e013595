import { apiEnv, databaseEnv, filesEnv, loggingEnv, modeEnv, parseEnv, secretsEnv } from '@promolift/env';

export const readEnv = () => parseEnv({ ...databaseEnv, ...secretsEnv, ...filesEnv, ...loggingEnv, ...modeEnv, ...apiEnv });
