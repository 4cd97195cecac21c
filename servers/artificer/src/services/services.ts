import type { UntypedServiceImplementation } from '@grpc/grpc-js';
import type { ServiceContext } from './context.js';
import { conversionService } from './conversion.js';
import { Engines } from './engines.js';
import { imageService } from './image.js';
import { metricsService } from './metrics.js';
import { pdfService } from './pdf.js';
import { textService } from './text.js';

/** The contract's services by their full names. */
export function servicesOf(context: ServiceContext): Record<string, UntypedServiceImplementation> {
	const engines = new Engines(context.pool, () => context.ocr.works());
	return {
		'artificer.ConversionService': conversionService(context),
		'artificer.ImageService': imageService(context),
		'artificer.MetricsService': metricsService(context, engines),
		'artificer.PDFService': pdfService(context),
		'artificer.TextService': textService(context),
	};
}
