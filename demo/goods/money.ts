/** Prices are whole pence everywhere; only this function makes pounds of them. */
export function formatMoney(pence: number): string {
	const pounds = (pence / 100).toFixed(pence % 100 === 0 ? 0 : 2);
	return `£${pounds}`;
}
