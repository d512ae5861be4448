/** Pages for browsers: a directory of the operator's, the console, the documents of the API, and the page that watches a stream. */
package lyceum.gateway.site;
