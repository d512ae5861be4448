/** How the social service does it: {@link lyceum.social.internal.SocialVerticle} puts the parts together. */
package lyceum.social.internal;
