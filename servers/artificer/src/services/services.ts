import type { UntypedServiceImplementation } from '@grpc/grpc-js';
import type { ServiceContext } from './context.js';
import { conversionService } from './conversion.js';
import { Engines } from './engines.js';
import { imageService } from './image.js';
import { metricsService } from './metrics.js';
import { pdfService } from './pdf.js';
import { textService } from './text.js';

/** The contract's services by their names in its package. */
export function servicesOf(context: ServiceContext): Record<string, UntypedServiceImplementation> {
	const engines = new Engines(context.pool, context.ocr);
	return {
		ConversionService: conversionService(context),
		ImageService: imageService(context),
		MetricsService: metricsService(context, engines),
		PDFService: pdfService(context),
		TextService: textService(context),
	};
}
