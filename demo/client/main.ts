/** The shop in the browser: every part listens for what it knows and leaves the rest alone. */
import { watchCartPage } from "./cart-page.ts";
import { watchCheckout } from "./checkout.ts";
import { watchGallery } from "./gallery.ts";
import { watchListing } from "./listing.ts";
import { watchNewsletter } from "./newsletter.ts";
import { watchPurchases } from "./purchase.ts";
import { watchQuickLook } from "./quick-look.ts";
import { watchSizeGuide } from "./size-guide.ts";
import { watchSteppers } from "./stepper.ts";
import { watchReturn } from "./stored-cart.ts";

watchSteppers(document);
watchSizeGuide(document);
watchPurchases(document);
watchGallery(document);
watchListing(document);
watchQuickLook(document);
watchCartPage(document);
watchCheckout(document);
watchNewsletter(document);
watchReturn(document);
