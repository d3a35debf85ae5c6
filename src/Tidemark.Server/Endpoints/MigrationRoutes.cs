using Tidemark.Migrating;
using Tidemark.Server.Http;
using Tidemark.Server.Operations;
using Tidemark.Serving;

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
            Parameters = [CommonParameters.DryRun],
            Body = RequestBody.Parameters,
            IsOperation = true,
            Handle = call => call.RunAsync("migrate start", (operation, cancellationToken) =>
                call.Index.StartMigrationAsync(OptionsOf(call) with { Progress = operation }, cancellationToken)),
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
