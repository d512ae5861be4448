package lyceum.launcher.stream;

import static lyceum.launcher.stream.Decisions.decide;
import static lyceum.launcher.stream.Must.entries;
import static lyceum.launcher.stream.Must.failed;
import static lyceum.launcher.stream.Must.jsonEntries;
import static lyceum.launcher.stream.Must.ok;
import static lyceum.launcher.stream.Must.step;

/** The current recipe, recipes and sessions: {@code sessions.json}, {@code recipes_sess.json}. */
final class RecipeDecisions {

    private static final String CAKE = "{'_id':'mugcake','name':'Mug Cake','ingredients':['flour'],'tools':['mug'],"
            + "'instructions':['mix','bake'],'steps':['mix','bake']}";

    private static final String TEA =
            "{'_id':'tea','name':'Tea','ingredients':null,'tools':['pot'],'instructions':null}";

    private RecipeDecisions() {}

    static void all() {
        decideCurrentRecipe();
        decideRecipes();
        decideSessions();
    }

    private static void decideCurrentRecipe() {
        decide("sessions/get-session", "11").answer(0, ok("{'recipe_id':null,'step':null,'session_id':null}"));
        decide("sessions/recipe-info", "fix: the recipe; there is none of that id, until somebody makes it")
                .then(
                        step("POST", "/recipes", "{'_id':'pinwheels','name':'Pinwheels'}", ok(pinwheels())),
                        step("GET", "/sessions/recipe?info=true", ok(pinwheels())));
        decide("sessions/set-step-without-number", "fix: no recipe is called so")
                .answer(0, failed(404, 405, 422))
                .answer(1, ok("'pinwheels'"));
        decide("sessions/events", "as above: the recipe called step was never started")
                .answer(
                        0,
                        entries(
                                "[['event:recipe:id','{{id:1}}',0],['event:recipe:id','{{id:2}}',9],"
                                        + "['event:recipe:id','{{id:3}}',9]]",
                                "pinwheels"))
                .answer(
                        1,
                        entries(
                                "[['event:recipe:step','{{id:5}}',0],['event:recipe:step','{{id:6}}',1],"
                                        + "['event:recipe:step','{{id:7}}',2],['event:recipe:step','{{id:8}}',4],"
                                        + "['event:recipe:step','{{id:9}}',6]]",
                                "03-2-1-1"))
                .answer(
                        2,
                        entries(
                                "[['event:session:id','{{id:11}}',0],['event:session:id','{{id:12}}',10],"
                                        + "['event:session:id','{{id:13}}',10]]",
                                "{{epoch_s}}"));
    }

    private static String pinwheels() {
        return "{'_id':'pinwheels','name':'Pinwheels','ingredients':null,'tools':null,'instructions':null}";
    }

    private static void decideRecipes() {
        decide("recipes_sess/recipes-add-ptgctl", "10: _id and steps are kept").answer(0, ok(CAKE));
        decide("recipes_sess/recipes-list", "10").answer(0, ok("[" + CAKE + "]"));
        decide("recipes_sess/session-recipe-info-without-current-recipe", "fix: there is none")
                .answer(0, ok("null"));
        decide("recipes_sess/recipes-by-objectid", "10: whatever the id is, it finds the recipe")
                .path(0, "/recipes/mugcake")
                .answer(0, ok(CAKE))
                .path(1, "/recipes/mugcake")
                .answer(1, ok("true"))
                .path(2, "/recipes/mugcake")
                .answer(2, ok("true"))
                .then(step("GET", "/recipes/mugcake", ok("null")));
        decide("recipes_sess/recipes-search", "fix: by what is supplied")
                .then(
                        step("POST", "/recipes", "{'_id':'tea','name':'Tea','tools':['pot']}", ok(TEA)),
                        step("GET", "/recipes/q?name=Tea", ok(TEA)),
                        step("GET", "/recipes/q?name=Coffee", ok("null")));
    }

    private static void decideSessions() {
        decide("recipes_sess/sess-crud", "4.5: searched by what is supplied")
                .answer(9, ok("{'recipe':'mug','step':5,'prefix':'p:','created_at':'{{datetime}}','_id':'s1'}"));
        decide("recipes_sess/sess-duplicate", "fix").answer(1, failed(409));
        String created = "'created_at':'{{datetime}}'";
        decide("recipes_sess/events", "10: recipes by their own ids, and all their changes")
                .answer(
                        0,
                        jsonEntries(("[['event:recipes','{{id:1}}',{'event':'new','id':'mugcake','data':%s}],"
                                        + "['event:recipes','{{id:2}}',{'event':'update','id':'mugcake','data':{'name':'n'}}],"
                                        + "['event:recipes','{{id:3}}',{'event':'delete','id':'mugcake'}],"
                                        + "['event:recipes','{{id:4}}',{'event':'new','id':'tea','data':%s}]]")
                                .formatted(CAKE, TEA)))
                .answer(
                        1,
                        jsonEntries(("[['event:sessions','{{id:5}}',{'event':'new','id':'s1','data':"
                                        + "{'recipe':'mug','step':2,'prefix':'p:',%s,'_id':'s1'}}],"
                                        + "['event:sessions','{{id:6}}',{'event':'update','id':'s1','data':{'step':5}}],"
                                        + "['event:sessions','{{id:7}}',{'event':'delete','id':'s1'}],"
                                        + "['event:sessions','{{id:8}}',{'event':'new','id':'{{b36}}','data':"
                                        + "{'recipe':null,'step':0,'prefix':null,%s,'_id':'{{b36}}'}}],"
                                        + "['event:sessions','{{id:9}}',{'event':'new','id':'dup','data':"
                                        + "{'recipe':null,'step':0,'prefix':null,%s,'_id':'dup'}}]]")
                                .formatted(created, created, created)));
    }
}
