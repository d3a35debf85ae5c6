using Tidemark.Records;
using Tidemark.Server.Content;
using Tidemark.Server.Http;
using Tidemark.Server.Operations;
using Tidemark.Serving;
using Tidemark.Wire;

namespace Tidemark.Server.Endpoints;

/// <summary>Golden queries, and what they got.</summary>
internal static class GoldenRoutes
{
    private static readonly Parameter Query = Parameter.Text("query", "What is asked: any text, no operators.");

    private static readonly Parameter Filter = Parameter.Texts("filter", "It is asked of documents with such metadata, as in a search.");

    public static IEnumerable<ServiceRoute> All =>
    [
        new("GET", "golden", "listGolden", "The golden queries.", AccessScope.Read)
        {
            Schema = Schemas.Array,
            Handle = async call =>
            {
                var queries = await call.Index.GoldenQueriesAsync(call.Namespace, call.Ended);
                await call.AnswerAsync(json => GoldenQueryJson.Write(json, queries));
            },
        },
        new("POST", "golden", "recordGolden", "Records a golden query; the same one with other documents takes its place.", AccessScope.Write)
        {
            Parameters =
            [
                Query.Required(), Filter,
                Parameter.Texts("expected", "The ids of documents that should be found; none: only how much answers change can be said."),
                Parameter.Flag("must", "None of them may be lost, whatever other queries gain."),
            ],
            Body = RequestBody.Parameters,
            Handle = RecordAsync,
        },
        new("POST", "golden/import", "importGolden", "Records golden queries, one object a line; a line that is none is told, and the rest is taken.", AccessScope.Write)
        {
            Body = RequestBody.Lines,
            Handle = async call =>
            {
                var recording = await call.Index.ImportGoldenAsync(JsonLines.BodyOf(call), call.Namespace, call.Ended);
                await call.AnswerAsync(json => GoldenQueryJson.Write(json, recording));
            },
        },
        new("DELETE", "golden", "removeGolden", "Removes a golden query.", AccessScope.Write)
        {
            Parameters = [Query.Required(), Filter],
            Handle = async call =>
            {
                var (query, filter) = (call.Arguments.Required("query"), call.Arguments.Texts("filter"));
                await call.Index.RemoveGoldenAsync(query, filter, call.Namespace, call.Ended);
                await call.AnswerAsync(json => GoldenQueryJson.WriteRemoved(json, query, filter));
            },
        },
        new("GET", "golden/runs", "listGoldenRuns", "What they got, newest first.", AccessScope.Read)
        {
            Parameters = [CommonParameters.Limit],
            Schema = Schemas.Array,
            Handle = async call =>
            {
                var runs = await call.Index.GoldenRunsAsync(call.Arguments.Integer("limit"), call.Namespace, call.Ended);
                await call.AnswerAsync(json => GoldenRunJson.Write(json, runs));
            },
        },
        new("POST", "golden/run", "runGolden", "Asks all golden queries, and keeps what they get.", AccessScope.Write)
        {
            Body = RequestBody.Parameters,
            IsOperation = true,
            Handle = call => call.RunAsync("golden run", (_, cancellationToken) => call.Index.RunGoldenAsync(call.Namespace, cancellationToken)),
        },
    ];

    private static async Task RecordAsync(Call call)
    {
        var query = new GoldenQuery
        {
            Query = call.Arguments.Required("query"),
            Filter = call.Arguments.Texts("filter"),
            Expected = [.. call.Arguments.Texts("expected").Select(id => new GoldenAnswer(id))],
            Must = call.Arguments.Flag("must"),
        };
        var recording = await call.Index.RecordGoldenAsync([query], call.Namespace, call.Ended);
        if (recording.Errors is [var error, ..])
        {
            throw new TidemarkException(error.Code, error.Message, error.Remedy);
        }

        await call.AnswerAsync(json => GoldenQueryJson.Write(json, recording));
    }
}
