// Stylesheets are imported for their effect: esbuild collects them into the one app-*.css.
declare module "*.css";
