function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: start the storefront with it, e.g. through npm start.`);
  return value;
}

/** Read when first needed, so that `next build` needs neither. */
export const env = {
  get apiUrl() {
    return process.env['API_URL'] ?? 'http://localhost:4000';
  },
  /** The secret key; it stays on this server. */
  get storefrontKey() {
    return required('STOREFRONT_KEY');
  },
};
