export const MODEL_KINDS = ['recommendation', 'segmentation', 'demand', 'elasticity', 'propensity', 'response'] as const;
export type ModelKind = (typeof MODEL_KINDS)[number];

/** The champion serves, candidates wait, retired ones are kept for rollback, refused ones failed their gate. */
export const MODEL_STATUSES = ['candidate', 'champion', 'retired', 'refused'] as const;
export type ModelStatus = (typeof MODEL_STATUSES)[number];
