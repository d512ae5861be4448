package lyceum.stream;

import io.vertx.core.Future;
import lyceum.platform.Topic;

/**
 * What is being cooked: one recipe, one step, one session for the whole house, in Redis, where other programs read them
 * (contract, 3.4 and 4.5). Each change is an entry of event streams too, stored with it at once; what is answered is
 * stored. Every method fails with UNAVAILABLE while Redis does not answer, and what was ordered may then be done or not;
 * an order fails with INVALID where another program has put something else in the place of an event stream.
 */
public interface CurrentRecipeService {

    /** A recipe has been started, at step 0. */
    Topic<RecipeStartedFact> RECIPE_STARTED = new Topic<>("lyceum.stream.recipeStarted");

    /** Nothing is cooked any more. */
    Topic<RecipeStoppedFact> RECIPE_STOPPED = new Topic<>("lyceum.stream.recipeStopped");

    /** Another step has been reached. */
    Topic<StepChangedFact> STEP_CHANGED = new Topic<>("lyceum.stream.stepChanged");

    /** @return what is being cooked; nulls where nothing is */
    Future<CurrentRecipe> findCurrentRecipe(FindCurrentRecipe question);

    /** Begins a recipe at step 0, in a new session; whatever was current is so no more. */
    Future<StartedRecipe> startRecipe(StartRecipe order);

    /** Ends recipe, step and session. */
    Future<StoppedRecipe> stopRecipe(StopRecipe order);

    /** Sets the step, also where there is no recipe. */
    Future<ChangedStep> changeStep(ChangeStep order);

    /** Asks for the present state. */
    record FindCurrentRecipe() {}

    /**
     * @param recipeId null where there is none
     * @param step a number as its text, null where there is none
     * @param sessionId epoch seconds of its start as text, null where there is none
     */
    record CurrentRecipe(String recipeId, String step, String sessionId) {}

    /** @param recipeId any; there need not be such a recipe */
    record StartRecipe(String recipeId) {
        public StartRecipe {
            DocumentId.check(recipeId);
        }
    }

    /** Ids of the entries that tell of a change, in {@code event:recipe:id}, {@code event:recipe:step}, {@code event:session:id}. */
    record ChangeEvents(String recipe, String step, String session) {}

    /** It has been started. */
    record StartedRecipe(ChangeEvents events) {}

    /** Ends what is being cooked. */
    record StopRecipe() {}

    /**
     * @param hadRecipe whether there was one
     * @param hadStep whether there was one
     * @param hadSession whether there was one
     */
    record StoppedRecipe(boolean hadRecipe, boolean hadStep, boolean hadSession, ChangeEvents events) {}

    /** @param step any number */
    record ChangeStep(long step) {}

    /**
     * @param event id of the entry that tells of it
     * @param step as stored
     */
    record ChangedStep(String event, String step) {}

    /** @param sessionId epoch seconds of its start as text */
    record RecipeStartedFact(String recipeId, String sessionId) {}

    /** Nothing is cooked any more. */
    record RecipeStoppedFact() {}

    /** @param recipeId null where there is none */
    record StepChangedFact(String recipeId, long step) {}
}
