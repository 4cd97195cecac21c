import type { Pdfium } from './pdfium.js';

/** PDFium's FPDF_ANNOT_WIDGET: a form's field. */
const WIDGET = 20;
/** PDFium's FLAT_NORMALDISPLAY: as seen on a screen. */
const AS_DISPLAYED = 0;

function hasWidget(engine: Pdfium, page: number): boolean {
	const count = engine.FPDFPage_GetAnnotCount(page);
	for (let index = 0; index < count; index += 1) {
		const annotation = engine.FPDFPage_GetAnnot(page, index);
		if (annotation === 0) continue;
		const isWidget = engine.FPDFAnnot_GetSubtype(annotation) === WIDGET;
		engine.FPDFPage_CloseAnnot(annotation);
		if (isWidget) return true;
	}
	return false;
}

/**
 * Makes what is filled into a form part of the page: fields are no text of the page for PDFium.
 * Returns whether there was any. The page has to be loaded again afterwards.
 */
export function flattenForm(engine: Pdfium, page: number): boolean {
	if (!hasWidget(engine, page)) return false;
	engine.FPDFPage_Flatten(page, AS_DISPLAYED);
	return true;
}
