/** Recipes, recipe sessions, and the step that is current (stream contract, rows 13 to 29 of 2.1, and 4.5): documents of whatever shape. */
package lyceum.gateway.recipe;
