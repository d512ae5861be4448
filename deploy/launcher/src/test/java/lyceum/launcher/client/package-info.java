/** The OpenAPI document in use: its examples are asked, and a client is generated out of it. */
package lyceum.launcher.client;
