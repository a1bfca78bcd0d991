import { type Architecture, LayerVersion } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { builtCode } from './built-code.ts';
import { RUNTIME } from './runtime.ts';

export interface QualityLayersProps {
  architecture: Architecture;
  /**
   * Root of the repository, where `dist/` and `layers/` are.
   * @default the folder above lib/
   */
  root?: string;
}

/** The quality library, and the native engine it runs on. */
export class QualityLayers extends Construct {
  readonly all: LayerVersion[];

  constructor(scope: Construct, id: string, { architecture, root = REPOSITORY }: QualityLayersProps) {
    super(scope, id);
    const arch = architecture.name === 'arm64' ? 'arm64' : 'x64';
    const layer = (name: string, folder: string, buildWith: string, description: string) => {
      const place = new Construct(this, `${name}Code`);
      const code = builtCode(place, root, folder, buildWith);
      return new LayerVersion(this, name, { code, description, compatibleArchitectures: [architecture], compatibleRuntimes: [RUNTIME] });
    };
    this.all = [
      layer('Quality', 'dist/layer', 'npm run build', 'Assay: profiles, metrics, checks and reports'),
      layer('DuckDB', `layers/duckdb/dist/${arch}`, 'npm run layers', `DuckDB for Node.js on Lambda, ${arch}`),
    ];
  }
}

export const REPOSITORY = new URL('../..', import.meta.url).pathname;
