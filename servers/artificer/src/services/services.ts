import type { UntypedServiceImplementation } from '@grpc/grpc-js';
import type { ServiceContext } from './context.js';
import { conversionService } from './conversion.js';
import { Engines } from './engines.js';
import { metricsService } from './metrics.js';
import { pdfService } from './pdf.js';
import { textService } from './text.js';

/** The contract's services by their full names. */
export function servicesOf(context: ServiceContext): Record<string, UntypedServiceImplementation> {
	const engines = new Engines(context.pool, async () => false);
	return {
		'artificer.ConversionService': conversionService(context),
		'artificer.ImageService': {},
		'artificer.MetricsService': metricsService(context, engines),
		'artificer.PDFService': pdfService(context),
		'artificer.TextService': textService(context),
	};
}
