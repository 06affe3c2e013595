import { defineEntity, p } from '@mikro-orm/core';

const CategorySchema = defineEntity({
  name: 'Category',
  tableName: 'categories',
  properties: {
    id: p.uuid().primary(),
    key: p.string(),
    name: p.string(),
    parentId: p.uuid().nullable(),
  },
});
export class Category extends CategorySchema.class {}
CategorySchema.setClass(Category);
