import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { AssayStack } from '../lib/assay-stack.ts';
import { readSettings } from '../lib/settings.ts';

// The only reader of context: `cdk.json`, or `-c name=value`.
const app = new App();
const settings = readSettings((name) => app.node.tryGetContext(name));
new AssayStack(app, settings.stackName, { settings });
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
