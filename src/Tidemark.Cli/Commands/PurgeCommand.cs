using System.CommandLine;
using Tidemark.Cli.Hosting;
using Tidemark.Cli.Options;
using Tidemark.Cli.Output;
using Tidemark.Lifecycle;
using Tidemark.Wire;

namespace Tidemark.Cli.Commands;

/// <summary>Removes for good what is kept of documents that are gone.</summary>
internal static class PurgeCommand
{
    public const string Name = "purge";

    public static TidemarkCommand Build(CommandHost host)
    {
        var document = new Argument<string>("DOCUMENT") { Description = "Only this document, however long it is gone", Arity = ArgumentArity.ZeroOrOne };
        var source = new Option<string>("--source") { HelpName = "ID", Description = "Only documents of this source id, however long they are gone" };
        var age = new PeriodOption("--older-than", "Only what is gone since this long (30d) [default: the setting 'retention.historyDays']");
        var dryRun = new Switch("--dry-run", "Only say what would go");
        var command = new TidemarkCommand(
            Name,
            "Removes for good what is kept of documents that are gone: they cannot be brought back any more.",
            "tidemark purge --dry-run",
            "tidemark purge --older-than 7d",
            "tidemark purge docs/secret.md")
        {
            document, source, age, dryRun,
        };
        return command.Handle(host, (context, cancellationToken) => RunAsync(
            context,
            new PurgeTarget
            {
                Document = context.Parsed.GetValue(document),
                SourceId = context.Parsed.GetValue(source),
                Age = age.Of(context.Parsed)
                    ?? ((context.Parsed.GetValue(document) ?? context.Parsed.GetValue(source)) is not null
                        ? TimeSpan.Zero : context.Settings.Retention.Options.HistoryOf(context.Settings.Namespace)),
            },
            dryRun.IsOn(context.Parsed),
            cancellationToken));
    }

    private static async Task<int> RunAsync(CommandContext context, PurgeTarget target, bool dryRun, CancellationToken cancellationToken)
    {
        var options = new LifecycleOptions { DryRun = dryRun, Wait = context.Wait };
        await using var index = context.ToAsk(dryRun ? context.Stores.OpenForReadingAsync : context.Stores.OpenForWritingAsync);
        var report = await index.PurgeAsync(target, options, cancellationToken);
        context.Output.Write(json => LifecycleReportJson.Write(json, report), () => LifecycleView.Of(report, "purged", "would purge"));
        return ExitCodes.Of(report);
    }
}
