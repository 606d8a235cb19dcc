// What `snag seed` loads beside itself, as dist/seed.js: the product stands without the demo and a browser driver.
export { findBrowser } from "./seeding/find-browser.ts";
export { seedShop } from "./seeding/seed-shop.ts";
