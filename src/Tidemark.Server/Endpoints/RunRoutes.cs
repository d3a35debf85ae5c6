using Tidemark.Server.Http;
using Tidemark.Server.Operations;
using Tidemark.Serving;
using Tidemark.Syncing;
using Tidemark.Verifying;

namespace Tidemark.Server.Endpoints;

/// <summary>Runs over the sources that the service was put together with.</summary>
internal static class RunRoutes
{
    private static readonly Parameter Compared = Parameter.Texts("source", "The names of the sources to compare with; by default none: the store is compared with itself.");

    private static readonly Parameter Sources = Parameter.Texts("source", "The names of the sources; by default all.");

    public static IEnumerable<ServiceRoute> All =>
    [
        new("POST", "plan", "planSync", "What a sync of the configured sources would do, and what it would cost.", AccessScope.Read)
        {
            Parameters = [Sources],
            Schema = "SyncReport",
            Body = RequestBody.Parameters,
            IsOperation = true,
            Handle = call => call.RunAsync("plan", (_, cancellationToken) => call.Index.PlanAsync(RequestOf(call, null), cancellationToken)),
        },
        new("POST", "sync", "sync", "Brings the index in step with the configured sources.", AccessScope.Write)
        {
            Parameters = [Sources, Parameter.Flag("rehash", "Do not trust change tokens."), Parameter.Flag("allowDelete", "The deletion guard holds nothing back.")],
            Schema = "SyncReport",
            Body = RequestBody.Parameters,
            IsOperation = true,
            Handle = call => call.RunAsync("sync", (operation, cancellationToken) => call.Index.SyncAsync(RequestOf(call, operation), cancellationToken)),
        },
        new("POST", "verify", "verify", "Proves that records and index agree, and the sources that are named.", AccessScope.Read)
        {
            Parameters = [Compared],
            Body = RequestBody.Parameters,
            IsOperation = true,
            Handle = call => call.RunAsync("verify", (_, cancellationToken) => call.Index.VerifyAsync(CheckOf(call), cancellationToken)),
        },
        new("POST", "repair", "repair", "The same, and mends the index.", AccessScope.Admin)
        {
            Parameters = [Compared],
            Body = RequestBody.Parameters,
            IsOperation = true,
            Handle = call => call.RunAsync(
                "repair",
                (_, cancellationToken) => call.Index.VerifyAsync(
                    CheckOf(call) with { Repair = true, Origins = ServedSources.Origins(call, call.Arguments.Texts("source")) }, cancellationToken)),
        },
        new("POST", "gc", "collect", "Removes history and embeddings that nothing needs and whose retention is over.", AccessScope.Admin)
        {
            Parameters =
            [
                CommonParameters.DryRun,
                Parameter.Flag("reindex", "Then make indexes anew of which much is dead."),
                Parameter.Flag("vacuum", "Afterwards give back room that nothing uses."),
            ],
            Reach = Reach.Store,
            Body = RequestBody.Parameters,
            IsOperation = true,
            Handle = call => call.RunAsync("gc", (_, cancellationToken) => call.Index.CollectAsync(GarbageOf(call), cancellationToken)),
        },
    ];

    private static SyncOptions RequestOf(Call call, Operation? operation) => new()
    {
        Namespace = call.Namespace,
        Sources = ServedSources.ToSync(call, call.Arguments.Texts("source")),
        Rehash = call.Arguments.Flag("rehash"),
        Guard = call.Arguments.Flag("allowDelete") ? DeletionGuard.Off : null,
        Spending = call.Options.Spending,
        Wait = call.Patience ?? TimeSpan.Zero,
        Progress = operation,
    };

    private static GarbageOptions GarbageOf(Call call) => call.Options.Retention with
    {
        DryRun = call.Arguments.Flag("dryRun"),
        Reindex = call.Arguments.Flag("reindex"),
        Compact = call.Arguments.Flag("vacuum"),
    };

    private static VerifyOptions CheckOf(Call call) => new()
    {
        Namespace = call.Namespace,
        Sources = ServedSources.ToCompare(call, call.Arguments.Texts("source")),
        Spending = call.Options.Spending,
        Wait = call.Patience ?? TimeSpan.Zero,
    };
}
