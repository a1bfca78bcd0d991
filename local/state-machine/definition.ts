/** As much of Amazon States Language as is run here: what Assay's own definition is made of. */
export interface Machine {
  StartAt: string;
  States: Record<string, State>;
}

export interface Retrier {
  ErrorEquals: string[];
  IntervalSeconds: number;
  BackoffRate: number;
  MaxAttempts: number;
  MaxDelaySeconds?: number;
  JitterStrategy?: 'FULL' | 'NONE';
}

interface Following {
  Next?: string;
  End?: true;
}

export interface Task extends Following {
  Type: 'Task';
  Resource: string;
  Parameters: Template;
  OutputPath: string;
  TimeoutSeconds: number;
  Retry: Retrier[];
}

export interface Choice {
  Type: 'Choice';
  Choices: { Variable: string; IsPresent?: boolean; NumericGreaterThan?: number; Next: string }[];
  Default: string;
}

interface Processor extends Machine {
  ProcessorConfig: { Mode: string; ExecutionType?: string };
}

export interface InlineMap extends Following {
  Type: 'Map';
  ItemsPath: string;
  MaxConcurrency: number;
  ItemProcessor: Processor;
  ResultPath: string;
}

export interface DistributedMap extends Omit<InlineMap, 'ItemsPath'> {
  Label: string;
  ToleratedFailurePercentage: number;
  ItemReader: { Resource: string; Parameters: Template };
  ItemBatcher: { MaxItemsPerBatch: number; BatchInput: Template };
  ResultWriter: { Resource: string; Parameters: Template };
}

export type State = Task | Choice | InlineMap | DistributedMap | { Type: 'Succeed' };
export type Template = Record<string, unknown>;

export const isDistributed = (map: InlineMap | DistributedMap): map is DistributedMap =>
  map.ItemProcessor.ProcessorConfig.Mode === 'DISTRIBUTED';

/** Where an integration is asked for, in whatever partition. */
export const integrationOf = (resource: string): string => resource.replace(/^arn:[\w-]+:states:::/, '');
