package lyceum.stream;

import java.util.List;

/** A part of all documents of a kind. */
public sealed interface DocumentPage permits RecipeService.RecipePage, RecipeService.RecipeSessionPage {

    /** @return the oldest first */
    List<? extends Document> items();

    /** @return what stands for the last of them in the question for the next page */
    long last();

    /** @return whether there are others behind it */
    boolean more();
}
