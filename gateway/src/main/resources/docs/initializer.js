// Relative, so that the page works at the root and below /api.
const ui = SwaggerUIBundle({
  url: "openapi.yaml",
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
