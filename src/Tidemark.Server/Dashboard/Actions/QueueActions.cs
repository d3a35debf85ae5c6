using Tidemark.Server.Http;
using Tidemark.Serving;
using Tidemark.Wire;

namespace Tidemark.Server.Dashboard.Actions;

/// <summary>What to do with changes that were given up.</summary>
internal static class QueueActions
{
    private static readonly Parameter Document = Parameter.Text("document", "The id of a document; by default all dead letters.");

    public static IEnumerable<DashboardAction> All =>
    [
        new("retry", AccessScope.Write, [Document])
        {
            Describe = async (call, arguments) => new Confirmation(
                arguments.Text("document") is { } id ? $"Retry '{id}'" : $"Retry {Show.Count(await DeadAsync(call), "dead letter", "dead letters")}",
                [
                    "They are due at once, with all their attempts; a worker of this service takes them in their order.",
                    "What fails again for the same reason comes back here. A newer change of the same document goes before.",
                ],
                "Retry")
            {
                Back = "queue",
            },
            Act = async (call, form, _, cancellationToken) =>
            {
                var retried = await call.Index.Queue.RetryAsync(
                    new RetryOptions { Namespace = call.Namespace, Documents = form.Text("document") is { } id ? [id] : null }, cancellationToken);
                call.Service.Hands.WorkFor(call.Namespace);
                return json => QueueJson.WriteRetried(json, call.Namespace, retried);
            },
        },
        new("drop", AccessScope.Admin, [Document])
        {
            Describe = async (call, arguments) => new Confirmation(
                arguments.Text("document") is { } id ? $"Give up what waits for '{id}'" : $"Give up {Show.Count(await DeadAsync(call), "dead letter", "dead letters")}",
                [
                    "The changes leave the queue without effect: the index keeps what it has of these documents.",
                    "They cannot be brought back. Their sender, or the next sync of their source, has to bring them again.",
                ],
                "Give up")
            {
                IsFinal = true,
                Back = "queue",
            },
            Act = async (call, form, _, cancellationToken) =>
            {
                var id = form.Text("document");
                var dropped = await call.Index.Queue.DropAsync(
                    new DropOptions { Namespace = call.Namespace, Documents = id is null ? null : [id], Dead = id is null }, cancellationToken);
                return json => QueueJson.WriteDropped(json, call.Namespace, dropped);
            },
        },
    ];

    private static async Task<long> DeadAsync(Call call) => (await call.Index.Queue.CountAsync(call.Namespace, call.Ended)).Dead;
}
