using Tidemark.Server.Http;
using Tidemark.Serving;
using Tidemark.Wire;

namespace Tidemark.Server.Endpoints;

/// <summary>What waits for a worker.</summary>
internal static class QueueRoutes
{
    private const int MostDead = 1_000;

    private static readonly Parameter Documents = Parameter.Texts("document", "The ids of the documents concerned.");

    public static IEnumerable<ServiceRoute> All =>
    [
        new("GET", "queue", "getQueue", "How many changes wait, and which have failed for the last time.", AccessScope.Read)
        {
            Handle = async call =>
            {
                var counts = await call.Index.Queue.CountAsync(call.Namespace, call.Ended);
                var dead = await call.Index.Queue.ListAsync(limit: MostDead, @namespace: call.Namespace, cancellationToken: call.Ended);
                await call.AnswerAsync(json => QueueJson.WriteStatus(json, call.Namespace, counts, dead, call.Service.Clock.GetUtcNow()));
            },
        },
        new("GET", $"queue/{ServiceRoute.Rest}", "getQueued", "Whether a change of a document waits, and how it stands.", AccessScope.Read)
        {
            Parameters = [Parameter.Text("source", "The source of the change; by default that of the service.")],
            Schema = "Queued",
            Handle = ReadAsync,
        },
        new("POST", "queue/retry", "retryQueued", "Makes dead letters due again; all of them where no document is named.", AccessScope.Write)
        {
            Parameters = [Documents],
            Body = RequestBody.Parameters,
            Handle = async call =>
            {
                var named = call.Arguments.Texts("document");
                var retried = await call.Index.Queue.RetryAsync(
                    new RetryOptions { Namespace = call.Namespace, Documents = named.Count == 0 ? null : named, Wait = call.Patience ?? default }, call.Ended);
                call.Service.Hands.WorkFor(call.Namespace);
                await call.AnswerAsync(json => QueueJson.WriteRetried(json, call.Namespace, retried));
            },
        },
        new("POST", "queue/drop", "dropQueued", "Gives changes up: they leave the queue without effect.", AccessScope.Admin)
        {
            Parameters = [Documents, Parameter.Flag("dead", "All dead letters."), Parameter.Flag("all", "Everything that waits.")],
            Body = RequestBody.Parameters,
            Handle = async call =>
            {
                var named = call.Arguments.Texts("document");
                var dropped = await call.Index.Queue.DropAsync(
                    new DropOptions
                    {
                        Namespace = call.Namespace,
                        Documents = named.Count == 0 ? null : named,
                        Dead = call.Arguments.Flag("dead"),
                        All = call.Arguments.Flag("all"),
                        Wait = call.Patience ?? default,
                    },
                    call.Ended);
                await call.AnswerAsync(json => QueueJson.WriteDropped(json, call.Namespace, dropped));
            },
        },
    ];

    private static async Task ReadAsync(Call call)
    {
        var waiting = await call.Index.Queue.FindAsync(call.Arguments.Name("source") ?? call.Options.SourceName, call.Id, call.Namespace, call.Ended);
        await call.AnswerAsync(json =>
        {
            json.WriteStartObject();
            json.WriteString("document", call.Id);
            json.WriteString("state", waiting is null ? "none" : waiting.State.ToString().ToLowerInvariant());
            if (waiting is { } change)
            {
                json.WritePropertyName("change");
                QueueJson.Write(json, change);
            }

            json.WriteEndObject();
        });
    }
}
