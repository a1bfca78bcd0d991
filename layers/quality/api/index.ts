export { answerRequest } from './answer.ts';
export { openApi } from './openapi.ts';
export type { ApiRequest, ApiResponse } from './request.ts';
