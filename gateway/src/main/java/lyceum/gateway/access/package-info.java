/**
 * Who asks, and what that one may: before a route does anything, {@link lyceum.gateway.access.Access} looks for a token where
 * the contracts have it, has it verified, looks up in {@link lyceum.gateway.access.AccessTable} what the operation needs,
 * counts the request, and finds it a place among those of its {@link lyceum.gateway.access.Domain}.
 *
 * <p>Tokens are our own ({@link lyceum.gateway.access.Tokens}) or those of an issuer outside, whose keys are fetched
 * ({@link lyceum.gateway.access.IssuerTokens}). One that is revoked ends what was opened with it
 * ({@link lyceum.gateway.access.Tenures}).
 *
 * <p>Why one table and not a word at each route: what is open is seen at a glance, and a route that it does not name cannot be
 * reached.
 */
package lyceum.gateway.access;
