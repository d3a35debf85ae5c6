using Tidemark.Cli.Hosting;
using Tidemark.Cli.Options;
using Tidemark.Cli.Output;
using Tidemark.Composition;
using Tidemark.Documents;
using Tidemark.Verifying;
using Tidemark.Wire;

namespace Tidemark.Cli.Commands;

/// <summary>Proves that source, records and index agree.</summary>
internal static class VerifyCommand
{
    public const string Name = "verify";

    public static TidemarkCommand Build(CommandHost host)
    {
        var sources = new SourceOptions();
        var cleanup = SyncFlags.CleanupOption("Judge documents that are not seen as a sync would");
        var repair = new Switch(
            "--repair",
            "Mend damaged records, put the index right from records and embeddings, and sync the sources that are named; without "
            + "SOURCE the configured ones, and only if records stay damaged. Deletions are guarded as in 'sync'; nothing that is stored "
            + "is embedded again");
        var command = new TidemarkCommand(
            Name,
            "Compares records, embeddings, vector index and keyword index, and the sources if any are named.",
            "tidemark verify",
            "tidemark verify docs",
            "tidemark verify --repair",
            "tidemark verify docs --repair");
        sources.Sources.Description = "What to compare with: a directory, FILE.jsonl, or a configured source's name; none: no source is compared";
        sources.AddTo(command);
        command.Add(cleanup);
        command.Add(repair);
        return command.Handle(
            host,
            (context, cancellationToken) =>
                RunAsync(context, sources, cleanup, repair.IsOn(context.Parsed), cancellationToken),
            sources);
    }

    private static async Task<int> RunAsync(
        CommandContext context,
        SourceOptions options,
        SettingOption cleanup,
        bool repair,
        CancellationToken cancellationToken)
    {
        var named = context.Parsed.GetValue(options.Sources) ?? [];
        var resolver = new SourceResolver(context.Settings, context.Host.Folder, context.SourceFlags);
        var sources = named.Length == 0 ? [] : resolver.Resolve(named, required: true);
        await using var index = context.ToAsk(repair ? context.Stores.OpenForWritingAsync : context.Stores.OpenForCheckingAsync);
        var store = await index.OpenStoreAsync(cancellationToken);

        // Before the namespace is read: its pipeline and the names of its sources may be what is damaged.
        var records = repair
            ? await VerifyEngine.MendAsync(store.Care, context.Namespace, context.Wait, cancellationToken)
            : null;
        try
        {
            await index.NamespaceAsync(cancellationToken: cancellationToken);
            sources = resolver.Settle(sources, await RegisteredSources.LoadAsync(store.Reader, context.Namespace, cancellationToken));
        }
        catch (TidemarkException e) when (e.Code == ErrorCodes.StoreCorrupt)
        {
            return Tell(await VerifyEngine.OfRecordsAsync(store.Care, context.Namespace, records, e, cancellationToken));
        }

        await Namespaces.RequireIndexAsync(index, context.AskedIndex, cancellationToken);
        CleanupMode? mode =
            context.Parsed.GetResult(cleanup) is null ? null : CleanupModeName.Parse(context.Settings.Cleanup);
        var factory = new SourceFactory(context.Settings, mode, context.Host.Clock) { StandardInput = StandardInput.Open, Environment = context.Host.Environment };
        var request = new VerifyOptions
        {
            Sources = factory.Create(sources),
            Origins = repair && sources.Count == 0 ? factory.Create(resolver.Resolve([], required: false)) : [],
            Cleanup = mode,
            Repair = repair,
            Records = records,
            Spending = context.Settings.Spending,
            Wait = context.Wait,
        };
        return Tell(await index.VerifyAsync(request, cancellationToken));

        int Tell(VerifyReport report)
        {
            context.Output.Write(
                json => VerifyReportJson.Write(json, report), () => VerifyView.Of(report, repair, SyncOf(context, options, cleanup)));
            context.Output.Complain(SyncView.Failures(report.Errors, context.Output.ListsAll)
                .Concat(SyncView.Warnings(report.Warnings, context.Output.ListsAll)));
            return ExitCodes.Of(report);
        }
    }

    /// <summary>The command that would sync what was compared.</summary>
    private static string SyncOf(CommandContext context, SourceOptions options, SettingOption cleanup)
    {
        var shared = context.Host.Shared;
        return TypedCommand.Of(
            "sync",
            context.Parsed,
            [shared.Store, shared.Index, shared.Namespace, .. options.All, cleanup],
            options.Sources);
    }
}
