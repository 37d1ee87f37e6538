// The outcomes that a chart can show, and the series behind each.
import type { Column } from '../api';
import type { Key } from '../strings';

/** A View is one outcome over weeks: columns of a metric, one line each. */
export type View = { id: string; title: Key; glossary: string; metric: string; by: string; keys?: string[]; zero: boolean };

/** views are in the order of the menu; those without columns in a run are left out. */
export const views: View[] = [
  { id: 'sales', title: 'view.sales', glossary: 'sales', metric: 'gmv', by: 'storefront', zero: true },
  { id: 'share', title: 'view.share', glossary: 'share', metric: 'share', by: 'storefront', zero: true },
  { id: 'orders', title: 'view.orders', glossary: 'orders', metric: 'orders', by: 'storefront', zero: true },
  { id: 'sme', title: 'view.sme_income', glossary: 'sme_income', metric: 'sme_income_median', by: 'sme_type', keys: ['local', 'import'], zero: true },
  { id: 'cohort', title: 'view.sme_income', glossary: 'sme_income', metric: 'cohort_income_median', by: 'cohort_sme_type', keys: ['local'], zero: true },
  { id: 'dependence', title: 'view.sme_dependence', glossary: 'dependent', metric: 'cohort_income_median', by: 'cohort_dependence', zero: true },
  { id: 'smes', title: 'view.smes_active', glossary: 'smes_active', metric: 'active', by: '', zero: false },
  { id: 'closures', title: 'view.closures', glossary: 'closures', metric: 'closures', by: '', zero: true },
  { id: 'creators', title: 'view.creator_income', glossary: 'creator_income', metric: 'creators_income_median', by: 'tier', zero: true },
  { id: 'creator_cohort', title: 'view.creator_income', glossary: 'creator_income', metric: 'cohort_income', by: 'cohort_tier', zero: true },
  { id: 'at_work', title: 'view.creators_active', glossary: 'creator_income', metric: 'creators_active', by: 'tier', zero: true },
  { id: 'total', title: 'view.sales_all', glossary: 'sales', metric: 'gmv', by: 'platforms', zero: false },
  { id: 'price', title: 'view.price', glossary: 'price', metric: 'price_index', by: 'category', zero: false },
  { id: 'surplus', title: 'view.surplus', glossary: 'surplus', metric: 'cs_need', by: '', zero: false },
  { id: 'hhi', title: 'view.hhi', glossary: 'hhi', metric: 'hhi', by: 'owner', zero: true },
  { id: 'hhi_shop', title: 'view.hhi', glossary: 'hhi', metric: 'hhi', by: 'storefront', zero: true },
  { id: 'dependent', title: 'view.dependent', glossary: 'dependent', metric: 'dependent_share', by: '', zero: true },
  { id: 'local', title: 'view.local', glossary: 'share', metric: 'local_sme_share', by: '', zero: false },
  { id: 'offline', title: 'view.offline', glossary: 'offline', metric: 'offline_sales', by: '', zero: false },
  { id: 'outside', title: 'view.off_platform', glossary: 'offline', metric: 'off_platform_share', by: '', zero: true },
];

/** offered are the views for which a run has columns. */
export const offered = (columns: Column[]) =>
  views.filter((v) => columns.some((c) => c.metric === v.metric && c.by === v.by && (!v.keys || v.keys.includes(c.key))));

/** firstViews are the two charts that a run shows unless the link says otherwise; SMEs wait until there are enough of them to speak of. */
export const firstViews = (quick: boolean) => (quick ? ['sales', 'total'] : ['sales', 'sme']);

/** metrics are what the views need, as the server takes them. */
export const metrics = [...new Set(views.map((v) => (v.by ? `${v.metric}:${v.by}` : v.metric)))];
