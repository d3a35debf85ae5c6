using Tidemark.Server.Http;
using Tidemark.Server.Operations;
using Tidemark.Serving;
using Tidemark.Wire;

namespace Tidemark.Server.Endpoints;

/// <summary>Golden queries, and what they got.</summary>
internal static class GoldenRoutes
{
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
}
