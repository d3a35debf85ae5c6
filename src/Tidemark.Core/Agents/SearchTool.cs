using System.Text.Json;
using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Searching;
using Tidemark.Syncing.History;
using Tidemark.Wire;
using Tidemark.Wording;

namespace Tidemark.Agents;

/// <summary>Finds documents: each once, by its best passage.</summary>
internal static class SearchTool
{
    private const int MostResults = 50;
    private const int PassageLength = 700;

    private static readonly AgentToolText Text = new(
        "search",
        "Search documents",
        "Finds documents by meaning and words. Each result has the best passage; give its 'id' to 'fetch' for the whole text. Filters are "
        + "conditions on metadata that all must hold: 'lang=en', 'status=draft,review', 'year>=2020', 'owner?' (has it), '!owner?'.",
        """
        {"type":"object","additionalProperties":false,"required":["query"],"properties":{
          "query":{"type":"string","description":"What to look for, in ordinary words; no operators."},
          "filters":{"type":"array","items":{"type":"string"},"description":"Conditions on metadata, for instance 'lang=en' or 'year>=2020'; all must hold."},
          "path":{"type":"string","description":"Only documents at or below this id: 'docs/guide'."},
          "source":{"type":"string","description":"Only documents of this source."},
          "mode":{"type":"string","enum":["hybrid","vector","keyword"],"default":"hybrid","description":"'keyword' for exact names and codes."},
          "k":{"type":"integer","minimum":1,"maximum":50,"default":10,"description":"How many documents."},
          "cursor":{"type":"string","description":"'nextCursor' of the answer before, with the same query, mode and filters."}}}
        """,
        """
        {"type":"object","required":["results"],"properties":{
          "results":{"type":"array","items":{"type":"object","required":["id","title","url"],"properties":{
            "id":{"type":"string","description":"What 'fetch' and 'why' take."},
            "title":{"type":"string"},
            "url":{"type":"string","description":"To cite."},
            "passage":{"type":"string","description":"The best passage, shortened where it ends or begins in '…'."},
            "heading":{"type":"string","description":"The headings above the passage."},
            "lines":{"type":"array","items":{"type":"integer"},"description":"The passage's first and last line in the text."},
            "page":{"type":"integer","description":"The page that the passage begins on, of a document that has pages."},
            "score":{"type":"number"}}}},
          "nextCursor":{"type":"string","description":"There is more: give it as 'cursor'."},
          "degraded":{"type":"string","description":"The mode that answered, because the embedding model did not."},
          "corrected":{"type":"array","items":{"type":"object","properties":{"word":{"type":"string"},"by":{"type":"string"}}},
            "description":"Words of the query that stand nowhere, and what was looked for instead."},
          "complete":{"type":"boolean","description":"False: something that matches may have been left out; narrow the search."},
          "warnings":{"type":"array","items":{"type":"object"}}}}
        """);

    public static AgentTool Make(AgentOptions options, DocumentUrls urls) => new(Text, async (index, arguments, cancellationToken) =>
    {
        var query = arguments.RequireText("query");
        var request = RequestOf(options, arguments);
        var count = arguments.Integer("k", 10, 1, MostResults);
        var question = SearchCursor.Digest(
            [query, SearchModeText.Of(request.Mode), request.Filter.Path, request.Filter.Source, .. arguments.Texts("filters")]);
        var cursor = arguments.Text("cursor") is { } given
            ? SearchCursor.Parse(given, question)
            : new SearchCursor(SearchDepth.For(count), 0, question);

        var found = new FoundDocuments(depth => index.SearchAsync(query, request with { Limit = depth }, cancellationToken));
        await found.LookAsync(cursor.Depth, cursor.Offset + count + 1).ConfigureAwait(false);
        return json => Write(
            json, new Page(found, cursor, count), chunk => urls.Of(index, chunk.Document, chunk.Source, chunk.Metadata));
    });

    private static SearchOptions RequestOf(AgentOptions options, AgentArguments arguments) => new()
    {
        Namespace = options.Namespace,
        Mode = SearchModeText.Parse(InputName.Parameter("mode"), arguments.Text("mode")),
        Filter = FilterText.Parse(
            arguments.Texts("filters"),
            (InputName.Parameter("path"), arguments.Text("path")),
            (InputName.Parameter("source"), arguments.Text("source"))),
    };

    private static void Write(Utf8JsonWriter json, Page page, Func<IndexedChunk, string> url)
    {
        json.WriteStartObject();
        json.WriteStartArray("results");
        foreach (var hit in page.Hits)
        {
            Write(json, page.Answer, hit, url(hit.Chunk));
        }

        json.WriteEndArray();
        if (page.Next is { } next)
        {
            json.WriteString("nextCursor", next.ToString());
        }

        if (page.Answer.Degraded is { } degraded)
        {
            json.WriteString("degraded", SearchModeText.Of(degraded));
        }

        SearchResultJson.WriteCorrections(json, page.Answer);
        json.WriteBoolean("complete", page.IsComplete);
        FailureJson.Write(json, page.Answer.Warnings);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, SearchResult answer, IndexHit hit, string url)
    {
        var chunk = hit.Chunk;
        json.WriteStartObject();
        json.WriteString("id", chunk.Document);
        json.WriteString("title", TitleOf(chunk.Document, chunk.Metadata));
        json.WriteString("url", url);
        json.WriteString("passage", HitExcerpt.Of(answer.Sought, chunk.Text, PassageLength, Stemmer.Of(answer.Stemming)).Text);
        if (chunk.Heading is { } heading)
        {
            json.WriteString("heading", heading);
        }

        if (hit.Lines is { } lines)
        {
            json.WriteStartArray("lines");
            json.WriteNumberValue(lines.First);
            json.WriteNumberValue(lines.Last);
            json.WriteEndArray();
        }

        if (hit.Page is { } page)
        {
            json.WriteNumber("page", page);
        }

        json.WriteNumber("score", hit.Score);
        json.WriteEndObject();
    }

    /// <summary>A document without a name is called by its id.</summary>
    public static string TitleOf(string id, Documents.DocumentMetadata metadata) =>
        DocumentTitle.Of(id, metadata) is { Length: > 0 } title ? title : id;

    private sealed record Page(FoundDocuments Found, SearchCursor At, int Count)
    {
        public SearchResult Answer => Found.Answer;

        public IEnumerable<IndexHit> Hits => Found.Best.Skip(At.Offset).Take(Count);

        private bool HasMore => Found.Best.Count > At.Offset + Count;

        public SearchCursor? Next => HasMore ? At with { Offset = At.Offset + Count } : null;

        public bool IsComplete => Answer.IsComplete && (HasMore || Found.IsAll);
    }
}
