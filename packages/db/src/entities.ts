import { Event } from './activity/event.entity.ts';
import { Order, OrderLine, OrderReturn } from './activity/order.entity.ts';
import { Approval, Evidence, Measurement } from './campaigns/approval.entity.ts';
import { Campaign, CampaignVersion } from './campaigns/campaign.entity.ts';
import { Decision } from './campaigns/decision.entity.ts';
import { CampaignCounter, LedgerEntry, Redemption } from './campaigns/redemption.entity.ts';
import { ForecastPoint, ForecastSeries } from './forecasts/forecast.entity.ts';
import { Model, ModelArtefact } from './models/model.entity.ts';
import { Category } from './products/category.entity.ts';
import { Product, ProductPrice } from './products/product.entity.ts';
import { Code, Promotion } from './promotions/promotion.entity.ts';
import { Segment, SegmentMember, UserProfile } from './segments/segment.entity.ts';
import { Import, JobRun, Setting } from './shared/job-run.entity.ts';
import { ApiKey, AuditEntry, Manager, Session } from './staff/manager.entity.ts';
import { User } from './users/user.entity.ts';

/** Every mapped entity; a new one is added here and in a migration. */
export const entities = [
  Category,
  Product,
  ProductPrice,
  User,
  Event,
  Order,
  OrderLine,
  OrderReturn,
  Model,
  ModelArtefact,
  Segment,
  SegmentMember,
  UserProfile,
  ForecastSeries,
  ForecastPoint,
  Promotion,
  Code,
  Campaign,
  CampaignVersion,
  Evidence,
  Approval,
  Measurement,
  CampaignCounter,
  Redemption,
  LedgerEntry,
  Decision,
  Manager,
  Session,
  ApiKey,
  AuditEntry,
  JobRun,
  Import,
  Setting,
];
