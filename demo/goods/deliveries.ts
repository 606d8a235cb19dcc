/** The ways a parcel can go, in the order they are offered; the first is chosen beforehand. */
export interface Delivery {
	id: string;
	name: string;
	note: string;
	price: number;
	alwaysPaid?: boolean;
}

export const standardDelivery: Delivery = {
	id: "standard",
	name: "Standard",
	note: "3–5 working days",
	price: 490,
};

export const deliveries: readonly Delivery[] = [
	standardDelivery,
	{
		id: "express",
		name: "Express",
		note: "Next working day, ordered by noon",
		price: 990,
		alwaysPaid: true,
	},
	{ id: "collect", name: "Collect", note: "From the workshop, Thursday to Saturday", price: 0 },
];

export function findDelivery(id: string): Delivery {
	return deliveries.find((delivery) => delivery.id === id) ?? standardDelivery;
}
