// Relative to this script, so that the page works at the root and below /api, with a slash behind its address or none.
const ui = SwaggerUIBundle({
  url: new URL("../openapi.yaml", document.currentScript.src).href,
  dom_id: "#api",
  deepLinking: true,
  validatorUrl: null,
  tryItOutEnabled: true,
  // Who is logged in on the console, in this tab, is so here.
  onComplete: () => {
    const token = sessionStorage.getItem("lyceum.token");
    if (token) {
      ui.preauthorizeApiKey("bearer", token);
    }
  },
});
