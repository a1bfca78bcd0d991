import type { Column } from '../contract/columns.ts';
import type { OutcomePlan } from '../contract/outcomes.ts';
import type { Database } from '../engine/database.ts';
import { classTextSql, groupTextSql, outcomeSql } from '../engine/outcome-sql.ts';
import type { Source } from '../engine/scan-plan.ts';
import { physicalOf } from '../engine/source-sql.ts';
import type { FlipRows } from '../metrics/fairness/index.ts';
