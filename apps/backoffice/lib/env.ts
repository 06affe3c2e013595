import { backofficeEnv, parseEnv } from '@promolift/env';

const { API_URL, API_URL_FILE, BACKOFFICE_PORT } = process.env;

export const env = parseEnv(backofficeEnv, { API_URL, API_URL_FILE, BACKOFFICE_PORT });
