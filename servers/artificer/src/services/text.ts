import { unary } from '../calls/answer.js';
import type { TextServiceHandlers } from '../generated/artificer/TextService.js';
import { type ServiceContext, stopwatch } from './context.js';

export function textService({ pool }: ServiceContext): Pick<TextServiceHandlers, 'CountTokens'> {
	return {
		CountTokens: unary(async ({ content, model: asked }, { signal }) => {
			const elapsed = stopwatch();
			const input = { texts: [content], model: asked };
			const { counts, model } = await pool.run('text/tokens', input, signal);
			return { token_count: counts[0] ?? 0, model, processing_time_ms: elapsed() };
		}),
	};
}
