import type { Locator } from 'playwright-core';

/**
 * Texts that are wider, or longer, than the place that they are shown in, and so are cut off.
 *
 * @param where looked at with everything inside
 */
export async function cutOffTexts(where: Locator): Promise<string[]> {
	return await where.first().evaluate((root) => {
		// A part of a pixel is rounding.
		const rounding = 1;
		const hasOwnText = (element: Element) =>
			[...element.childNodes].some(
				({ nodeType, textContent }) => nodeType === Node.TEXT_NODE && textContent?.trim(),
			);
		const isCutOff = (element: Element) =>
			getComputedStyle(element).overflowX !== 'visible' &&
			(element.scrollWidth > element.clientWidth + rounding ||
				// Lines beyond a limit end in an ellipsis.
				(getComputedStyle(element).webkitLineClamp !== 'none' &&
					element.scrollHeight > element.clientHeight + rounding));
		const shownTexts = [...root.querySelectorAll('*')].filter(
			(element) => element.getClientRects().length > 0 && hasOwnText(element),
		);
		return shownTexts
			.filter((element) => {
				for (let box: Element | null = element; box && box !== root; box = box.parentElement) {
					if (getComputedStyle(box).display !== 'inline') return isCutOff(box);
				}
				return false;
			})
			.map((element) => element.textContent?.trim() ?? '');
	});
}

/** The pictures that are shown somewhere: their addresses, and their width in px, which is 0 where one can't be drawn. */
export async function iconsIn(where: Locator): Promise<Array<{ file: string; width: number }>> {
	return await where.locator('img').evaluateAll((images) =>
		images.map((image) => ({
			file: (image as HTMLImageElement).src,
			width: (image as HTMLImageElement).naturalWidth,
		})),
	);
}
