/** Users and their tokens: {@code POST /token} as in the stream contract (section 1.1), and accounts, which are new. */
package lyceum.gateway.account;
