// Vue takes over markup that a server wrote, and defines elements of its own with shadow trees.
import { createSSRApp, defineCustomElement, h, reactive, ref } from "vue";
import { renderToString } from "vue/server-renderer";
import { createItems, createPlace, openApp } from "./open-app.ts";

const view = reactive({ count: 3, label: "first" });

const Counter = defineCustomElement({
	props: { label: String },
	styles: ["button { color: teal } .many { color: crimson }"],
	setup(props) {
		const count = ref(0);
		const press = () => count.value++;
		return () => [
			h(
				"button",
				{ onClick: press, class: { many: count.value > 1 } },
				`${props.label} ${count.value}`,
			),
			h("slot"),
		];
	},
});
customElements.define("vue-counter", Counter);

const Page = {
	setup: () => () => [
		h("h1", `${view.count} counters`),
		...createItems(view.count).map(({ id, name }) =>
			h("section", { key: id }, [
				h("vue-counter", { label: `${view.label} ${name}` }, [h("small", name)]),
			]),
		),
		view.count > 3 ? h("footer", "many") : null,
	],
};
const place = createPlace();
void renderToString(createSSRApp(Page)).then((html) => {
	place.innerHTML = html;
	createSSRApp(Page).mount(place);
});
openApp({ set: (part: Partial<typeof view>) => Object.assign(view, part) });
