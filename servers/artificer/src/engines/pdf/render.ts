import sharp from 'sharp';
import { invalid, tooMuch } from '../../calls/failure.js';
import { encode, type ImageFormat } from '../image/encode.js';
import { withPage, withPdf, type OpenPdf, type PdfSource } from './document.js';

export interface RenderJob {
	source: PdfSource;
	/** From 0. */
	page: number;
	/** Dots per inch. */
	dpi: number;
	format: ImageFormat;
	/** Pixels; 0 for no limit. */
	maxWidth: number;
	maxHeight: number;
	/** Most pixels that the server renders. */
	maxPixels: number;
}

export interface RenderedPage {
	data: Uint8Array;
	/** Pixels. */
	width: number;
	height: number;
}

/** Points an inch, by PDF's definition. */
const POINTS = 72;
/** PDFium's FPDFBitmap_BGR: a byte for each colour. With a fourth, pages take a tenth more time. */
const BITMAP_FORMAT = 2;
const CHANNELS = 3;
/** PDFium's FPDF_ANNOT and FPDF_REVERSE_BYTE_ORDER: with annotations, red first. */
const FLAGS = 0x01 | 0x10;
const WHITE = 0xffffffff;
/** Bytes of pixels that a worker keeps room for: an A4 page at 300 dpi has 26 MB. */
const KEEP_UP_TO = 30_000_000;

interface Pixels {
	data: Uint8Array;
	width: number;
	height: number;
}

function sizeInPixels(pdf: OpenPdf, page: number, job: RenderJob): [number, number] {
	const width = pdf.engine.FPDF_GetPageWidthF(page);
	const height = pdf.engine.FPDF_GetPageHeightF(page);
	const where = `Page ${job.page + 1} of the PDF`;
	if (!(width > 0 && height > 0)) throw invalid(`${where} has no size, so it can't be rendered.`);
	const scale = Math.min(
		job.dpi / POINTS,
		job.maxWidth > 0 ? job.maxWidth / width : Infinity,
		job.maxHeight > 0 ? job.maxHeight / height : Infinity,
	);
	const pixels: [number, number] = [
		Math.max(1, Math.round(width * scale)),
		Math.max(1, Math.round(height * scale)),
	];
	if (pixels[0] * pixels[1] > job.maxPixels) {
		throw tooMuch(
			`${where} would have ${pixels.join(' × ')} pixels, but this server renders at most ` +
				`${job.maxPixels / 1e6} megapixels. Ask for a lower dpi or set max_width and max_height, ` +
				'or raise ARTIFICER_MAX_MEGAPIXELS on the server.',
		);
	}
	return pixels;
}

/** The pixels of the page rendered last: each page's own would be garbage that piles up. */
let pixels = new Uint8Array();

function roomFor(size: number): Uint8Array {
	if (size > KEEP_UP_TO) return new Uint8Array(size);
	if (size > pixels.length) pixels = new Uint8Array(size);
	return pixels.subarray(0, size);
}

function draw(pdf: OpenPdf, page: number, width: number, height: number): Pixels {
	const { engine } = pdf;
	const bitmap = engine.FPDFBitmap_CreateEx(width, height, BITMAP_FORMAT, 0, 0);
	if (bitmap === 0) throw new RangeError('PDFium has no room for the image');
	try {
		engine.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE);
		engine.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, FLAGS);
		const start = engine.FPDFBitmap_GetBuffer(bitmap);
		// PDFium's rows begin at multiples of four bytes.
		const stride = engine.FPDFBitmap_GetStride(bitmap);
		const row = width * CHANNELS;
		const data = roomFor(row * height);
		for (let y = 0; y < height; y += 1) {
			const from = start + y * stride;
			data.set(engine.pdfium.HEAPU8.subarray(from, from + row), y * row);
		}
		return { data, width, height };
	} finally {
		engine.FPDFBitmap_Destroy(bitmap);
	}
}

/** Renders one page as an image file. */
export async function renderPage(job: RenderJob): Promise<RenderedPage> {
	const { data, width, height } = await withPdf(job.source, (pdf) =>
		withPage(pdf, job.page, (page) => draw(pdf, page, ...sizeInPixels(pdf, page, job))),
	);
	const image = sharp(data, {
		raw: { width, height, channels: CHANNELS },
		limitInputPixels: false,
	});
	const encoded = await encode(image, job.format).toBuffer();
	return { data: encoded, width, height };
}
