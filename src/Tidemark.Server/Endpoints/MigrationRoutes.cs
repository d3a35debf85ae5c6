using Tidemark.Migrating;
using Tidemark.Server.Http;
using Tidemark.Server.Operations;
using Tidemark.Serving;
using Tidemark.Wording;

namespace Tidemark.Server.Endpoints;

/// <summary>Another model or chunker, without a gap. Where a migration leads, the settings of the service say.</summary>
internal static class MigrationRoutes
{
    public static IEnumerable<ServiceRoute> All =>
    [
        new("GET", "migration", "getMigration", "How a migration stands: share, lag, cost.", AccessScope.Read)
        {
            Handle = async call => await call.AnswerWithAsync(await call.Index.MigrationStatusAsync(call.Namespace, call.Ended)),
        },
        new("POST", "migration/start", "startMigration", "Builds another generation beside the one that answers.", AccessScope.Admin)
        {
            Parameters =
            [
                Parameter.Text("embedder", "Another embedding model, as 'openai:text-embedding-3-small'; by default that of the service."),
                Parameter.Choice("chunker", "How documents are cut.", "structured", "recursive", "none"),
                Parameter.Text("chunkSize", "Characters of a chunk at most."),
                Parameter.Text("chunkOverlap", "Characters that a chunk shares with the one before it."),
                Parameter.Choice("stemming", "By the endings of which language words are found in their other forms, too.", ["none", .. Stemmer.Languages]),
                Parameter.Text("budget", "USD that this build may cost; it ends before the request that would make it cost more."),
                Parameter.Flag("retryRefused", "Send again what the new model refused before."),
                CommonParameters.DryRun,
            ],
            Body = RequestBody.Parameters,
            IsOperation = true,
            Handle = StartAsync,
        },
        new("POST", "migration/validate", "validateMigration", "Compares both generations by the golden queries.", AccessScope.Write)
        {
            Body = RequestBody.Parameters,
            IsOperation = true,
            Handle = call => call.RunAsync(
                "migrate validate", (_, cancellationToken) => call.Index.ValidateMigrationAsync(call.Namespace, cancellationToken)),
        },
        Switch("promote", "The generation that was built answers from now on.", (call, options, cancellationToken) =>
            call.Index.PromoteMigrationAsync(options, cancellationToken), Parameter.Flag("accept", "Take an undecided gate.")),
        Switch("rollback", "The former generation answers again.", (call, options, cancellationToken) =>
            call.Index.RollBackMigrationAsync(options, cancellationToken)),
        Switch("finish", "The former generation is let go.", (call, options, cancellationToken) =>
            call.Index.FinishMigrationAsync(options, cancellationToken)),
        Switch("cancel", "The generation that is built is given up.", (call, options, cancellationToken) =>
            call.Index.CancelMigrationAsync(options, cancellationToken)),
    ];

    private static Task StartAsync(Call call)
    {
        var target = TargetOf(call);
        var options = OptionsOf(call) with { RetryRefused = call.Arguments.Flag("retryRefused") };
        if (call.Arguments.Amount("budget") is { } budget)
        {
            options = options with { Spending = options.Spending with { Run = budget } };
        }

        if (target.IsSaid && call.Options.Migrations is null)
        {
            throw new TidemarkException(
                ErrorCodes.Usage, "this service builds only what it is set to itself", "leave 'embedder' and what says how documents are cut out, and change the settings of the service");
        }

        return call.RunAsync("migrate start", async (operation, cancellationToken) =>
        {
            if (!target.IsSaid)
            {
                return await call.Index.StartMigrationAsync(options with { Progress = operation }, cancellationToken);
            }

            await using var index = call.Options.Migrations!(target);
            return await index.StartMigrationAsync(options with { Progress = operation }, cancellationToken);
        });
    }

    private static MigrationTarget TargetOf(Call call) => new()
    {
        Embedder = call.Arguments.Name("embedder"),
        Chunker = call.Arguments.Name("chunker"),
        ChunkSize = call.Arguments.Count("chunkSize"),
        ChunkOverlap = call.Arguments.Count("chunkOverlap"),
        Stemming = call.Arguments.Name("stemming"),
    };

    private static ServiceRoute Switch(
        string verb,
        string summary,
        Func<Call, MigrationOptions, CancellationToken, Task<MigrationSwitch>> act,
        params Parameter[] parameters) => new("POST", $"migration/{verb}", $"{verb}Migration", summary, AccessScope.Admin)
        {
            Parameters = parameters,
            Body = RequestBody.Parameters,
            IsOperation = true,
            Handle = call => call.RunAsync($"migrate {verb}", (_, cancellationToken) => act(call, OptionsOf(call), cancellationToken)),
        };

    private static MigrationOptions OptionsOf(Call call) => new()
    {
        Namespace = call.Namespace,
        DryRun = call.Arguments.Flag("dryRun"),
        AcceptInconclusive = call.Arguments.Flag("accept"),
        Spending = call.Options.Spending,
        Wait = call.Patience ?? TimeSpan.Zero,
    };
}
