// Vue: lists with transitions, a dialog that is teleported, fields that are bound both ways, parts that are
// kept alive, styles that are bound, markup that is written.
import {
	computed,
	createApp,
	defineAsyncComponent,
	nextTick,
	reactive,
	ref,
	useCssVars,
} from "vue";
import { createItems, createPlace, openApp, shuffle } from "./open-app.ts";

const view = reactive({
	...{ items: createItems(14), word: "", tab: "list-tab", isOpen: false, isShown: true },
	...{ html: "<i>first</i>", hue: 10, agreed: false, chosen: "a", late: false },
});

const ListTab = {
	setup() {
		const shown = computed(() => view.items.filter(({ name }) => name.includes(view.word)));
		return { shown, view };
	},
	template: `<TransitionGroup name="row" tag="ul">
		<li v-for="item in shown" :key="item.id" :class="{ empty: item.stock < 3 }" :style="{ order: item.stock, paddingLeft: item.stock + 'px' }">
			<slot :item="item">{{ item.name }}</slot> <em v-if="item.stock > 8">many</em><em v-else-if="item.stock > 3">some</em>
		</li></TransitionGroup>`,
};
const CounterTab = {
	setup: () => ({ count: ref(0) }),
	template: `<p><button id="count" @click="count++">{{ count }} times</button></p>`,
};
const Late = defineAsyncComponent(async () => {
	await new Promise((resolve) => setTimeout(resolve, 60));
	return { template: "<aside>It came late.</aside>" };
});

const app = createApp({
	components: { ListTab, CounterTab, Late },
	setup() {
		useCssVars(() => ({ "v-hue": String(view.hue) }));
		return { view };
	},
	template: `
		<h1 v-text="view.tab"></h1>
		<KeepAlive><component :is="view.tab"><template #default="{ item }"><b>{{ item?.group }}</b> {{ item?.name }}</template></component></KeepAlive>
		<Transition name="fade" mode="out-in"><p v-if="view.isShown" key="on">shown</p><p v-else key="off">hidden</p></Transition>
		<p v-show="view.isShown">only with display</p>
		<div v-html="view.html"></div>
		<form><textarea id="word" v-model="view.word"></textarea><input id="agree" type="checkbox" v-model="view.agreed">
			<select v-model="view.chosen"><option v-for="one in 'abc'" :key="one" :value="one">{{ one }}</option></select>
			<output>{{ view.agreed }} {{ view.chosen }}</output></form>
		<svg :viewBox="'0 0 ' + view.hue + ' 100'"><circle v-for="at in 3" :key="at" :r="at * view.hue" :fill="'hsl(' + view.hue + ' 50% 50%)'" /></svg>
		<Suspense v-if="view.late"><Late /><template #fallback><p>Loading …</p></template></Suspense>
		<Teleport to="body"><div v-if="view.isOpen" role="dialog"><button id="close" @click="view.isOpen = false">Close</button></div></Teleport>`,
});
app.mount(createPlace());

openApp({
	set: (part: Partial<typeof view>) => Object.assign(view, part),
	async shuffle(turn: number) {
		view.items = shuffle(view.items, turn);
		await nextTick();
	},
	insert: (at: number, id: number) => view.items.splice(at, 0, ...createItems(2, id)),
	drop: (at: number) => view.items.splice(at, 2),
	stock(by: number) {
		for (const item of view.items) item.stock = (item.stock + by) % 12;
	},
	unmount: () => app.unmount(),
});
