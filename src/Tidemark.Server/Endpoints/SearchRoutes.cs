using System.Text.Json;
using Tidemark.Records;
using Tidemark.Reporting;
using Tidemark.Searching;
using Tidemark.Server.Http;
using Tidemark.Serving;
using Tidemark.Wire;

namespace Tidemark.Server.Endpoints;

/// <summary>Finding.</summary>
internal static class SearchRoutes
{
    private const int Usual = 10;

    private static readonly Parameter[] Parameters =
    [
        Parameter.Text("query", "What to look for: any text, no operators.").Required(),
        Parameter.Number("k", "How many chunks.", Usual, 1, 1_000),
        Parameter.Choice("mode", "Meaning, words, or both fused.", [.. SearchModeText.Names]),
        Parameter.Texts("filter", "A condition on metadata, as 'lang=en' or 'year>=2020'; all of them must hold."),
        Parameter.Text("path", "Only documents at or below this id."),
        Parameter.Text("source", "Only documents of this source."),
        CommonParameters.AsOf,
        Parameter.Flag("includeArchived", "Also what is gone and can be brought back."),
        Parameter.Flag("beside", "Of the generation that a migration builds or has left, in place of the one that answers."),
    ];

    public static IEnumerable<ServiceRoute> All =>
    [
        Make("GET", "search", RequestBody.None),
        Make("POST", "searchByBody", RequestBody.Parameters),
    ];

    private static ServiceRoute Make(string method, string name, RequestBody body) =>
        new(method, "search", name, "Finds the chunks that answer a query, best first.", AccessScope.Read)
        {
            Parameters = Parameters,
            Body = body,
            Answer = "The hits, as 'tidemark search --json' prints them, and how fresh the index is.",
            Schema = "SearchResult",
            Handle = AskAsync,
        };

    private static async Task AskAsync(Call call)
    {
        var options = new SearchOptions
        {
            Namespace = call.Namespace,
            Limit = call.Arguments.Integer("k"),
            AsOf = call.Arguments.Moment("asOf"),
            IncludeArchived = call.Arguments.Flag("includeArchived"),
            Beside = call.Arguments.Flag("beside"),
            Mode = SearchModeText.Parse(InputName.Parameter("mode"), call.Arguments.Text("mode")),
            Filter = FilterText.Parse(
                call.Arguments.Texts("filter"),
                (InputName.Parameter("path"), call.Arguments.Text("path")),
                (InputName.Parameter("source"), call.Arguments.Text("source"))),
        };
        var query = call.Arguments.Required("query");
        await call.Service.Tokens.SpendAsync(call.Caller, query.Length, call.Ended);
        var result = await call.Index.SearchAsync(query, options, call.Ended);
        var status = await call.Service.Freshness.OfAsync(call.Namespace);
        await call.AnswerAsync(json => SearchResultJson.Write(json, result, more => WriteFreshness(more, status)));
    }

    /// <summary>When the index last changed, and how late it follows.</summary>
    private static void WriteFreshness(Utf8JsonWriter json, StatusReport status)
    {
        if (status.LastRun?.FinishedAt is { } at)
        {
            json.WriteString("indexedAt", Rfc3339.Of(at));
        }

        json.WriteNumber("waiting", status.Queue.Pending + status.Queue.Leased);
        json.WriteStartObject("freshness");
        StatusReportJson.WriteMembers(json, status.Freshness);
        json.WriteEndObject();
    }
}
